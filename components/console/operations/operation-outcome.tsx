'use client';

import { Alert, Progress, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconCheck, IconClock } from '@tabler/icons-react';
import type { OperationState } from '#lib/contracts/operations.ts';
import { describeOperation } from './operation-words.ts';

/** How far an operation is, or what came of it. */
export function OperationOutcome({ operation }: { operation: OperationState }) {
  const { status, progress } = operation;
  const sentence = describeOperation(operation);
  if (status === 'queued' || status === 'running') {
    const percent =
      progress === null || !progress.total ? 100 : (100 * progress.done) / progress.total;
    return (
      <Stack gap="xs" role="status">
        <Progress value={percent} animated striped aria-label="Progress" />
        <Text size="sm">{sentence}</Text>
      </Stack>
    );
  }
  const looks = {
    done: { color: 'green', icon: <IconCheck aria-hidden /> },
    failed: { color: 'red', icon: <IconAlertTriangle aria-hidden /> },
    interrupted: { color: 'yellow', icon: <IconClock aria-hidden /> },
  } as const;
  return (
    <Alert {...looks[status]} radius="lg" role="status">
      {sentence}
    </Alert>
  );
}
