'use client';

import { useQuery } from '@tanstack/react-query';
import { useStanding } from '#components/console/aggregate/use-standing.ts';
import { FreshnessBadge } from '#components/console/system/freshness-badge.tsx';
import { fetchApi } from '#components/ui/api-client.ts';
import { Money } from '#components/ui/money.tsx';
import { Panel } from '#components/ui/panel.tsx';
import { toAggregateId } from '#lib/aggregate-id.ts';
import { countOf } from '#lib/count-format.ts';
import { type AccountSummary, accountSummarySchema } from '#lib/modules/bank/queries.ts';
import { accountKey, accountPath } from '../account-queries.ts';
import { DaysChart } from './days-chart.tsx';
import { MonthsChart } from './months-chart.tsx';
import classes from './summary-panel.module.css';

/** Figures over the account's whole life, from the account-summaries projection. */
export function SummaryPanel({ accountId, currency }: { accountId: string; currency: string }) {
  const query = useQuery({
    queryKey: accountKey(accountId, 'account-summaries'),
    queryFn: ({ signal }) =>
      fetchApi(accountSummarySchema, accountPath(accountId, 'summary'), { signal }),
  });
  const troubles = useStanding(toAggregateId('account', accountId)).data?.troubles ?? [];
  return (
    <Panel
      title="Summary"
      query={query}
      actions={
        query.data ? (
          <FreshnessBadge
            freshness={query.data.freshness}
            aggregate={{ noun: 'account', troubles, missing: 0 }}
          />
        ) : null
      }
      isEmpty={({ days, months }) => days.length === 0 && months.length === 0}
      empty={{ title: 'Nothing to add up yet', hint: 'Figures appear with the first movement.' }}
    >
      {(summary) => <Figures summary={summary} currency={currency} />}
    </Panel>
  );
}

function Figures({ summary, currency }: { summary: AccountSummary; currency: string }) {
  const { deposits, withdrawals, transfersIn, transfersOut } = summary;
  return (
    <div className={classes.figures}>
      <DaysChart days={summary.days} currency={currency} />
      <dl className={classes.list}>
        <Figure label="In" detail={counts(deposits, 'deposit', transfersIn)}>
          <Money amount={summary.totalIn} currency={currency} />
        </Figure>
        <Figure label="Out" detail={counts(withdrawals, 'withdrawal', transfersOut)}>
          <Money amount={summary.totalOut} currency={currency} />
        </Figure>
        <Figure label="Largest in">
          <Money amount={summary.largestIn} currency={currency} />
        </Figure>
        <Figure label="Largest out">
          <Money amount={summary.largestOut} currency={currency} />
        </Figure>
        <Figure label="Highest balance">
          <Money amount={summary.highestBalance} currency={currency} />
        </Figure>
        <Figure label="Lowest balance">
          <Money amount={summary.lowestBalance} currency={currency} />
        </Figure>
      </dl>
      <MonthsChart months={summary.months} currency={currency} />
    </div>
  );
}

function Figure({
  label,
  detail,
  children,
}: {
  label: string;
  detail?: string;
  children: React.ReactNode;
}) {
  return (
    <div className={classes.figure}>
      <dt>{label}</dt>
      <dd>
        {children}
        {detail ? <span className={classes.detail}>{detail}</span> : null}
      </dd>
    </div>
  );
}

function counts(own: number, noun: string, transfers: number): string {
  return `${countOf(own, noun)}, ${countOf(transfers, 'transfer')}`;
}
