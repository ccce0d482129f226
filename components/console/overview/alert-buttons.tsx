'use client';

import { OperationButton } from '#components/console/operations/operation-button.tsx';
import { useRequestProblem } from '#components/console/operations/use-request-problem.ts';
import { useServerNow } from '#components/console/system/use-system.ts';
import { toAlertDialogs } from './alert-dialogs.ts';
import type { AttentionItem } from './attention.ts';

/** What makes an alert quiet, or takes that back. */
export function AlertButtons({ item }: { item: AttentionItem }) {
  const reason = useRequestProblem();
  const now = useServerNow();
  return toAlertDialogs(item, now).map((dialog) => (
    <OperationButton
      key={dialog.kind}
      {...dialog}
      reason={reason}
      button={{ size: 'compact-xs' }}
    />
  ));
}
