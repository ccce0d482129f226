'use client';

import { Anchor } from '@mantine/core';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { useStanding } from '#components/console/aggregate/use-standing.ts';
import { FreshnessBadge } from '#components/console/system/freshness-badge.tsx';
import { IdText } from '#components/ui/id-text.tsx';
import { Money } from '#components/ui/money.tsx';
import { StatusBadge } from '#components/ui/status-badge.tsx';
import { toAggregateId } from '#lib/aggregate-id.ts';
import type { Freshness } from '#lib/contracts/queries.ts';
import { formatCount } from '#lib/count-format.ts';
import type { AccountRow } from '#lib/modules/bank/queries.ts';
import type { AccountView } from '../account-queries.ts';
import { AccountFacts } from './account-facts.tsx';
import classes from './account-header.module.css';

export type AccountHeaderProps = {
  view: AccountView;
  /** The control that chooses where the balance is read. */
  choice: ReactNode;
  /** The buttons of the commands, and how the newest command stands. */
  commands: ReactNode;
  progress: ReactNode;
  /** Why it could not be read again, when it could not. */
  problem: ReactNode;
};

/** Who the account belongs to, what it holds, and how fresh that is. */
export function AccountHeader({ view, choice, commands, progress, problem }: AccountHeaderProps) {
  const { account } = view;
  const { currency } = account;
  const available = (BigInt(account.balance) + BigInt(account.overdraftLimit)).toString();
  return (
    <header className={classes.header}>
      <div className={classes.bar}>
        <nav aria-label="Breadcrumb" className={classes.trail}>
          <Anchor component={Link} href="/accounts" underline="always" inherit>
            Accounts
          </Anchor>
          <span aria-hidden> / </span>
          <span>{account.number}</span>
        </nav>
        <div className={classes.reading}>
          {choice}
          {view.freshness ? (
            <AccountFreshness account={account} freshness={view.freshness} />
          ) : (
            <StatusBadge tone="accent">
              Folded from event 1 to {formatCount(account.version)}
            </StatusBadge>
          )}
        </div>
      </div>
      <div className={classes.top}>
        <div className={classes.who}>
          <h1 className={classes.owner}>{account.owner}</h1>
          <div className={classes.identity}>
            <IdText value={account.number} label="Copy account number" />
            <StatusBadge tone={account.status === 'open' ? 'good' : 'neutral'}>
              {account.status === 'open' ? 'Open' : 'Closed'}
            </StatusBadge>
          </div>
        </div>
        <div className={classes.money}>
          <p className={classes.label}>Balance</p>
          <p className={classes.balance} data-testid="balance">
            <Money amount={account.balance} currency={currency} />
          </p>
          <p className={classes.available}>
            <Money amount={available} currency={currency} bare /> available
            {account.overdraftLimit === '0' ? null : (
              <>
                , with an overdraft of{' '}
                <Money amount={account.overdraftLimit} currency={currency} bare />
              </>
            )}
          </p>
        </div>
      </div>
      <div className={classes.bottom}>
        <AccountFacts account={account} />
        {commands}
      </div>
      {progress}
      {problem ? <div className={classes.problem}>{problem}</div> : null}
      {view.fallback ? (
        <p className={classes.fallback} role="status">
          {view.fallback}
        </p>
      ) : null}
    </header>
  );
}

/** The badge knows what the event store has of this very account. */
function AccountFreshness({
  account: { accountId, version },
  freshness,
}: {
  account: AccountRow;
  freshness: Freshness;
}) {
  const { data } = useStanding(toAggregateId('account', accountId));
  const missing = Math.max(0, (data?.newestSequence ?? 0) - version);
  return (
    <FreshnessBadge
      freshness={freshness}
      aggregate={{ noun: 'account', troubles: data?.troubles ?? [], missing }}
    />
  );
}
