'use client';

import { Tooltip } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { toFreshnessWords } from '#components/console/system/freshness-words.ts';
import { useFreshness, useServerNow } from '#components/console/system/use-system.ts';
import { fetchApi } from '#components/ui/api-client.ts';
import { Money } from '#components/ui/money.tsx';
import { Panel } from '#components/ui/panel.tsx';
import { StatusBadge } from '#components/ui/status-badge.tsx';
import { Day } from '#components/ui/time.tsx';
import { countOf, formatCount } from '#lib/count-format.ts';
import { type HotViews, hotViewsSchema } from '#lib/modules/bank/queries.ts';
import { toDescriptionText } from '#lib/modules/bank/statement-words.ts';
import { accountKey, accountPath } from '../account-queries.ts';
import classes from './hot-views-panel.module.css';
import { isCredit, MOVEMENT_NAMES } from './movement-types.ts';

const SHOWN = 5;

/** While an item is behind the account, it is read again so often, in milliseconds. */
const CATCH_UP_MS = 1_000;

/** What DynamoDB's own projections hold of the account, each with the sequence that it is at. */
export function HotViewsPanel({ accountId, newest }: { accountId: string; newest: number }) {
  const query = useQuery({
    queryKey: accountKey(accountId, 'hot-views'),
    queryFn: ({ signal }) =>
      fetchApi(hotViewsSchema, accountPath(accountId, 'hot-views'), { signal }),
    refetchInterval: ({ state: { data } }) =>
      data && Math.min(sequenceOf(data.balance), sequenceOf(data.recent)) < newest
        ? CATCH_UP_MS
        : false,
  });
  return (
    <Panel
      title="Hot views"
      subtitle="DynamoDB items, kept by their own stream consumer"
      query={query}
      isEmpty={({ balance, recent, problems }) =>
        [balance, recent, problems.balance, problems.recent].every((part) => part === null)
      }
      empty={{
        title: 'No items yet',
        hint: 'The hot-views consumer has not come to this account. See Projections.',
      }}
    >
      {({ balance, recent, problems }) => (
        <div className={classes.views}>
          <section aria-label="account-balances">
            <Heading
              name="account-balances"
              sequence={balance?.sequence}
              newest={newest}
              problem={problems.balance}
            />
            {balance ? (
              <p className={classes.balance}>
                <Money amount={balance.balance} currency={balance.currency} />
              </p>
            ) : null}
          </section>
          <section aria-label="recent-transactions">
            <Heading
              name="recent-transactions"
              sequence={recent?.sequence}
              newest={newest}
              problem={problems.recent}
            />
            {recent ? <Recent items={recent.items} /> : null}
          </section>
        </div>
      )}
    </Panel>
  );
}

function Heading({
  name,
  sequence,
  newest,
  problem,
}: {
  name: string;
  sequence: number | undefined;
  newest: number;
  /** Why the item cannot be used; null where it can. */
  problem: string | null;
}) {
  const behind = newest - (sequence ?? 0);
  const view = useFreshness('hot-views');
  const now = useServerNow();
  const place = sequence === undefined ? 'No item yet' : `At event ${formatCount(sequence)}`;
  const late = behind > 0 ? ` · ${countOf(behind, 'event')} behind` : '';
  // Who stands still, and what nobody knows, is no matter of this account's events alone.
  const isTold = view && ['paused', 'stopped', 'stuck', 'unknown'].includes(view.state);
  const words = isTold ? toFreshnessWords({ ...view, eventsBehind: null }, now) : null;
  const tone = words?.tone ?? (behind > 0 ? 'warn' : view ? 'good' : 'neutral');
  if (problem !== null) {
    return (
      <>
        <div className={classes.heading}>
          <h3 className={classes.name}>{name}</h3>
          <StatusBadge tone="warn">Not usable</StatusBadge>
        </div>
        <p className={classes.none}>{problem}</p>
      </>
    );
  }
  return (
    <div className={classes.heading}>
      <h3 className={classes.name}>{name}</h3>
      <Tooltip label={words?.sentence} disabled={!words?.sentence} w={290}>
        <span>
          <StatusBadge tone={tone}>
            {place}
            {late}
            {words ? ` · ${words.text}` : ''}
          </StatusBadge>
        </span>
      </Tooltip>
    </div>
  );
}

function Recent({ items }: { items: NonNullable<HotViews['recent']>['items'] }) {
  if (items.length === 0) {
    return <p className={classes.none}>No movement yet.</p>;
  }
  return (
    <ol className={classes.recent}>
      {items.slice(0, SHOWN).map((item) => (
        <li key={item.eventId}>
          <span className={classes.words}>
            {item.description === null
              ? MOVEMENT_NAMES[item.type].one
              : toDescriptionText(item.description)}
            <span className={classes.time}>
              <Day iso={item.bookedAt} />
            </span>
          </span>
          <Money
            amount={isCredit(item.type) ? item.amount : `-${item.amount}`}
            currency={item.currency}
            signed
            bare
          />
        </li>
      ))}
    </ol>
  );
}

function sequenceOf(item: { readonly sequence: number } | null): number {
  return item?.sequence ?? 0;
}
