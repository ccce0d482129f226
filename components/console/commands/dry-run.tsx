'use client';

import { Alert, Button } from '@mantine/core';
import { IconFlask } from '@tabler/icons-react';
import { useState, useTransition } from 'react';
import { useConsole } from '#components/console/use-console.tsx';
import type { PreviewResult } from '#lib/contracts/commands.ts';
import { formatCount } from '#lib/count-format.ts';
import { usePreviewCommand } from './preview-provider.tsx';

export type DryRunProps = {
  /** The command's type. */
  type: string;
  /** The command as it stands in the form now. */
  toInput: () => object;
};

/** A button that says what the form's command would come to now, without carrying it out. */
export function DryRun({ type, toInput }: DryRunProps) {
  const preview = usePreviewCommand();
  const [answer, setAnswer] = useState<{ about: string; result: PreviewResult } | null>(null);
  const [pending, startTransition] = useTransition();
  function run() {
    const input = toInput();
    startTransition(async () => {
      const result = await preview(type, input).catch(() => UNREACHABLE);
      setAnswer({ about: JSON.stringify(input), result });
    });
  }
  // What was said of other fields is no answer about these.
  const result = answer?.about === JSON.stringify(toInput()) ? answer.result : null;
  return (
    <div>
      <Button
        variant="subtle"
        size="compact-sm"
        leftSection={<IconFlask size={14} aria-hidden />}
        loading={pending}
        onClick={run}
      >
        Dry run
      </Button>
      <div role="status" aria-label="Dry run">
        {result ? <Outcome result={result} /> : null}
      </div>
    </div>
  );
}

function Outcome({ result }: { result: PreviewResult }) {
  const { nameAggregate, toSentence } = useConsole();
  if (!result.ok) {
    return (
      <Alert role="note" color="yellow" mt={6} title={`Would be refused: ${result.code}`}>
        {result.message}
      </Alert>
    );
  }
  if (result.events.length === 0) {
    return (
      <Alert role="note" color="gray" mt={6} title="Would be accepted, and change nothing">
        No event would be written.
      </Alert>
    );
  }
  return (
    <Alert role="note" color="teal" mt={6} title="Would be accepted. Nothing was written.">
      {result.events.map((event) => (
        <div key={`${event.aggregateId} ${event.eventSequence}`}>
          {toSentence(event)}, as event {formatCount(event.eventSequence)} of{' '}
          {nameAggregate(event.aggregateId).label}
        </div>
      ))}
    </Alert>
  );
}

const UNREACHABLE: PreviewResult = {
  ok: false,
  code: 'UNREACHABLE',
  message: 'The server did not answer. Reload the page, and try again.',
};
