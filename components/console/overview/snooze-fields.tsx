'use client';

import { Input, SegmentedControl, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { readMoment } from '#components/console/events/read-moment.ts';
import type { OperationFieldsProps } from '#components/console/operations/operation-form.tsx';
import { useServerNow } from '#components/console/system/use-system.ts';
import { usePreferences } from '#components/ui/preferences.tsx';
import { formatTime } from '#lib/time-format.ts';

const HOUR_MS = 3_600_000;
const UNTIL = 'until';
const CHOICES = [
  { value: '1', label: '1 hour' },
  { value: '4', label: '4 hours' },
  { value: '24', label: '1 day' },
  { value: UNTIL, label: 'Until…' },
];

/** Until when an alert is snoozed: for some hours, or until a time by the reader's clock. */
export function SnoozeFields({ input, onChange }: OperationFieldsProps) {
  const { timeZone } = usePreferences();
  const now = useServerNow();
  const [choice, setChoice] = useState('1');
  const [text, setText] = useState('');
  const moment = readMoment(text, timeZone, 'from');
  const choose = (next: string) => {
    setChoice(next);
    setText('');
    onChange({
      ...input,
      until: next === UNTIL ? '' : new Date(now + Number(next) * HOUR_MS).toISOString(),
    });
  };
  const write = (next: string) => {
    setText(next);
    const read = readMoment(next, timeZone, 'from');
    onChange({ ...input, until: read.kind === 'moment' ? read.iso : '' });
  };
  return (
    <Stack gap="xs">
      <Input.Wrapper label="For how long" labelElement="div">
        <SegmentedControl
          fullWidth
          size="xs"
          aria-label="For how long"
          value={choice}
          onChange={choose}
          data={CHOICES}
        />
      </Input.Wrapper>
      {choice === UNTIL ? (
        <TextInput
          label="Until"
          placeholder="2026-11-03 14:00"
          maxLength={60}
          value={text}
          error={moment.kind === 'unclear' ? moment.problem : null}
          onChange={(event) => write(event.currentTarget.value)}
        />
      ) : null}
      {typeof input.until === 'string' && input.until !== '' ? (
        <Text size="sm" c="dimmed">
          Until {formatTime(input.until, timeZone)}
        </Text>
      ) : null}
    </Stack>
  );
}
