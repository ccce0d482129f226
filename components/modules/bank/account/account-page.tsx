'use client';

import { parseAsStringLiteral, useQueryState } from 'nuqs';
import { ApiError } from '#components/ui/api-client.ts';
import { PanelFrame, PanelSkeleton } from '#components/ui/panel.tsx';
import { QueryError } from '#components/ui/query-error.tsx';
import type { AccountActions } from './account-actions.ts';
import { AccountBody } from './account-body.tsx';
import { CONSISTENCIES } from './account-queries.ts';
import { ConsistencyChoice } from './header/consistency-choice.tsx';
import { UnknownAccount } from './header/unknown-account.tsx';
import { useAccount } from './use-account.ts';

export type AccountPageProps = {
  accountId: string;
  actions: AccountActions;
};

/** One account: what it holds, its ledger, its events, its past, and its commands. */
export function AccountPage({ accountId, actions }: AccountPageProps) {
  const [consistency, setConsistency] = useQueryState(
    'consistency',
    parseAsStringLiteral(CONSISTENCIES).withDefault('eventual'),
  );
  const { data: view, error, isFetching, refetch } = useAccount(accountId, consistency);
  const failure = {
    error,
    what: `Account ${accountId}`,
    retry: () => void refetch(),
    retrying: isFetching,
  };
  const choice = (
    <ConsistencyChoice value={consistency} onChange={(chosen) => void setConsistency(chosen)} />
  );
  if (view !== undefined) {
    return (
      <AccountBody
        view={view}
        actions={actions}
        consistency={consistency}
        choice={choice}
        problem={error ? <QueryError {...failure} compact /> : null}
      />
    );
  }
  if (error instanceof ApiError && error.code === 'ACCOUNT_NOT_FOUND') {
    return <UnknownAccount accountId={accountId} />;
  }
  return (
    <PanelFrame title={`Account ${accountId}`} busy={error === null} actions={choice}>
      {error ? <QueryError {...failure} /> : <PanelSkeleton lines={6} />}
    </PanelFrame>
  );
}
