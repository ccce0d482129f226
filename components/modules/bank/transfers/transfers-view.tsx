'use client';

import { useMemo } from 'react';
import type { IssueCommand } from '#components/console/commands/command-form.tsx';
import { ListView } from '#components/console/list/list-view.tsx';
import { Decision } from './decision.tsx';
import { toTransfersList } from './transfers-list.tsx';

/** The transfers that wait for another person's approval, and what became of the others. */
export function TransfersView({ issue }: { issue: IssueCommand }) {
  const spec = useMemo(
    () => toTransfersList((transfer) => <Decision transfer={transfer} issue={issue} />),
    [issue],
  );
  return (
    <ListView
      spec={spec}
      begin={{ hint: 'A transfer from the amount on that its currency’s limit says waits here.' }}
    />
  );
}
