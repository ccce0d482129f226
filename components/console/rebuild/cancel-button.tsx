'use client';

import { OperationButton } from '#components/console/operations/operation-button.tsx';
import { useRequestProblem } from '#components/console/operations/use-request-problem.ts';
import { useConsole } from '#components/console/use-console.tsx';
import type { Rebuild } from '#lib/contracts/rebuilds.ts';
import { formatCount } from '#lib/count-format.ts';

/** Cancels the rebuild that is being filled. */
export function CancelButton({ name, filling }: { name: string; filling: Rebuild }) {
  const { label } = useConsole().nameView(name);
  return (
    <OperationButton
      kind="cancel-rebuild"
      input={{ projection: name }}
      label="Cancel it"
      title={`Cancel the rebuild of ${label}`}
      isDestructive
      effect={`Rebuild ${filling.id} stops after the batch in hand, and what it has filled up to position ${formatCount(filling.position)} is dropped. What serves is not touched.`}
      reason={useRequestProblem()}
    />
  );
}
