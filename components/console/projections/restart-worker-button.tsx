'use client';

import { OperationButton } from '#components/console/operations/operation-button.tsx';
import type { OperationDialog } from '#components/console/operations/operation-modal.tsx';
import { useRequestProblem } from '#components/console/operations/use-request-problem.ts';
import { useSystem } from '#components/console/system/use-system.ts';

/** What restarting the worker of a launcher does, to be asked for. */
export function toRestartDialog(launcher: string | null): OperationDialog {
  return {
    kind: 'restart-worker',
    input: { launcher },
    label: 'Restart the worker',
    title: 'Restart the worker',
    effect:
      'The worker that npm start runs here is asked to end, killed when it has not after five seconds, and a new one is started. No event is lost: the new one goes on where the old one was, which takes some seconds. What the old one is carrying out for an operator is interrupted. Commands go on meanwhile.',
  };
}

/** Restarts the launcher's worker, which may be frozen; where no launcher runs, it says what to do. */
export function RestartWorkerButton() {
  const { data } = useSystem();
  const launcher = data?.launcher ?? null;
  const problem = useRequestProblem();
  return (
    <OperationButton
      {...toRestartDialog(launcher)}
      reason={
        data === undefined
          ? 'It is not known yet who runs the worker.'
          : launcher === null
            ? 'The worker was not started by an npm start with this web server. End it where it runs, and start it there: npx tsx server/worker/main.ts with the same settings.'
            : problem
      }
      button={{ size: 'compact-xs' }}
    />
  );
}
