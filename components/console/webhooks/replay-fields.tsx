'use client';

import { Stack, TextInput } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { readMoment } from '#components/console/events/read-moment.ts';
import type { OperationFieldsProps } from '#components/console/operations/operation-form.tsx';
import { usePreferences } from '#components/ui/preferences.tsx';
import { ReplayCount } from './replay-count.tsx';
import { useReplayPreview } from './use-replay-preview.ts';

/** From when on events are sent again, by the reader's clock, and how many that are. */
export function ReplayFields({ input, onChange }: OperationFieldsProps) {
  const { timeZone } = usePreferences();
  const [text, setText] = useState('');
  const moment = readMoment(text, timeZone, 'from');
  const from = moment.kind === 'moment' && moment.iso !== '' ? { since: moment.iso } : null;
  const name = `${input.webhook}`;
  const { data } = useReplayPreview(name, from);
  const position = data?.position;
  const change = useRef(onChange);
  change.current = onChange;
  useEffect(() => {
    change.current({ webhook: name, ...(position !== undefined && { position }) });
  }, [name, position]);
  return (
    <Stack gap="xs">
      <TextInput
        label="From"
        required
        placeholder="2026-11-03 14:00"
        maxLength={60}
        value={text}
        error={moment.kind === 'unclear' ? moment.problem : null}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      {from === null ? null : <ReplayCount name={name} from={from} />}
    </Stack>
  );
}
