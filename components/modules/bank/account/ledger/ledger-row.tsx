'use client';

import { Anchor, Table } from '@mantine/core';
import Link from 'next/link';
import { memo } from 'react';
import { Money } from '#components/ui/money.tsx';
import { usePreferences } from '#components/ui/preferences.tsx';
import { Day } from '#components/ui/time.tsx';
import type { Transaction } from '#lib/modules/bank/queries.ts';
import { toDescriptionText } from '#lib/modules/bank/statement-words.ts';
import { formatClock } from '#lib/time-format.ts';
import { showUnseenLines } from '#lib/unseen-text.ts';
import classes from './ledger-table.module.css';
import { isCredit, isTransfer, MOVEMENT_NAMES } from './movement-types.ts';

export type LedgerRowProps = {
  accountId: string;
  item: Transaction;
  /** A link led to it. */
  isChosen: boolean;
  /** Its place in the list, from 0. */
  index: number;
  measure: (row: HTMLElement | null) => void;
};

/** One movement; its date leads to the event, its time to the account as it was then. */
export const LedgerRow = memo(function LedgerRow(props: LedgerRowProps) {
  const { accountId, item, isChosen, index, measure } = props;
  const { timeZone } = usePreferences();
  const { type, amount, currency, balanceAfter } = item;
  const credit = isCredit(type);
  const signed = credit ? amount : `-${amount}`;
  return (
    <Table.Tr
      ref={measure}
      data-index={index}
      data-chosen={isChosen || undefined}
      aria-rowindex={index + 2}
    >
      <Table.Td className={classes.date}>
        <Anchor
          component={Link}
          prefetch={false}
          href={`/events/${item.eventId}`}
          inherit
          c="inherit"
        >
          <Day iso={item.bookingDate ?? item.bookedAt} />
        </Anchor>
        <Anchor
          component={Link}
          prefetch={false}
          href={`${toMovementPath(accountId)}?tab=time-machine&seq=${item.sequence}`}
          className={classes.time}
          title="The account at this event"
          aria-label={`Time machine at event ${item.sequence}`}
        >
          {formatClock(Date.parse(item.bookedAt), timeZone)}
        </Anchor>
      </Table.Td>
      <Table.Td className={classes.words}>
        {item.description === null ? MOVEMENT_NAMES[type].one : toDescriptionText(item.description)}
        <span className={classes.kind}>
          {item.description === null ? null : <span>{MOVEMENT_NAMES[type].one}</span>}
          {item.counterparty === null ? null : (
            <span className={classes.narrow}>
              <Counterparty item={item} />
            </span>
          )}
        </span>
      </Table.Td>
      <Table.Td className={`${classes.counterparty} ${classes.wide}`}>
        <Counterparty item={item} />
      </Table.Td>
      <Table.Td className={`${classes.figure} ${classes.wide}`}>
        {credit ? null : <Money amount={amount} currency={currency} bare />}
      </Table.Td>
      <Table.Td className={`${classes.figure} ${classes.wide} ${classes.credit}`}>
        {credit ? <Money amount={amount} currency={currency} bare /> : null}
      </Table.Td>
      <Table.Td className={`${classes.figure} ${classes.narrow}`} data-credit={credit || undefined}>
        <Money amount={signed} currency={currency} signed bare />
      </Table.Td>
      <Table.Td className={`${classes.figure} ${classes.balance}`}>
        <Money amount={balanceAfter} currency={currency} bare />
      </Table.Td>
    </Table.Tr>
  );
});

function toMovementPath(accountId: string): string {
  return `/accounts/${encodeURIComponent(accountId)}`;
}

function Counterparty({ item: { type, counterparty, otherSequence } }: { item: Transaction }) {
  if (counterparty === null) {
    return null;
  }
  return isTransfer(type) ? (
    <Anchor
      component={Link}
      prefetch={false}
      href={`${toMovementPath(counterparty)}${otherSequence === undefined ? '' : `?movement=${otherSequence}`}`}
      inherit
    >
      {counterparty}
    </Anchor>
  ) : (
    showUnseenLines(counterparty)
  );
}
