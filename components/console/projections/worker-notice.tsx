'use client';

import { Alert, Stack } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useHealth } from '#components/console/system/use-system.ts';
import { RestartWorkerButton } from './restart-worker-button.tsx';

/** Says plainly that the worker is down, what that means, and what to do. Else nothing. */
export function WorkerNotice() {
  const { data: health } = useHealth();
  return health?.worker.state === 'down' ? (
    <Alert
      color="red"
      radius="lg"
      title="The worker is down, so no view moves"
      icon={<IconAlertTriangle aria-hidden />}
    >
      <Stack gap="xs" align="flex-start">
        <span>
          Commands are still accepted and stored; nothing is lost, and every view catches up when a
          worker runs again. <b>npm start</b> starts a worker that died by itself within seconds;
          its output says why one does not come back. A worker that is frozen is to be restarted.
          {health.worker.detail ? ` (${health.worker.detail})` : ''}
        </span>
        <RestartWorkerButton />
      </Stack>
    </Alert>
  ) : null;
}
