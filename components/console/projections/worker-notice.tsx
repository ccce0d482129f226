'use client';

import { Alert } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useHealth } from '#components/console/system/use-system.ts';

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
      Commands are still accepted and stored; nothing is lost, and every view catches up when a
      worker runs again. <b>npm start</b> restarts its worker by itself within seconds. Where it
      does not come back, the output of npm start says why. A worker elsewhere: start{' '}
      <code>tsx server/worker/main.ts</code> with the same settings.
      {health.worker.detail ? ` (${health.worker.detail})` : ''}
    </Alert>
  ) : null;
}
