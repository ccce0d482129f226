'use client';

import { Panel } from '#components/ui/panel.tsx';
import type { AccountView } from '../account-queries.ts';
import { TimeMachine } from './time-machine.tsx';
import { useVersion } from './use-version.ts';

export type TimeMachineTabProps = {
  /** The account as the page's header shows it. */
  view: AccountView;
};

/** The account at every event of its past. */
export function TimeMachineTab({ view }: TimeMachineTabProps) {
  const { accountId, currency } = view.account;
  const version = useVersion(accountId, view);
  return (
    <Panel title="Time machine" hideTitle query={version}>
      {(newest) => <TimeMachine accountId={accountId} currency={currency} version={newest} />}
    </Panel>
  );
}
