'use client';

import { Button } from '@mantine/core';
import {
  IconArrowDownLeft,
  IconArrowsExchange,
  IconArrowUpRight,
  IconLock,
} from '@tabler/icons-react';
import { DisabledReason } from '#components/ui/disabled-reason.tsx';
import { useMissingRight } from '#components/ui/viewer.tsx';
import type { AccountRow } from '#lib/modules/bank/queries.ts';
import { formatMoney } from '#lib/money.ts';
import { commandsOf } from '#lib/rights.ts';
import classes from './command-buttons.module.css';
import type { Command } from './command-names.ts';

export type CommandButtonsProps = {
  account: AccountRow;
  onOpen: (command: Command) => void;
};

/** What can be done with the account; what cannot says why. */
export function CommandButtons({ account, onOpen }: CommandButtonsProps) {
  const missing = useMissingRight(commandsOf('bank'));
  const closed = missing ?? closedReason(account);
  return (
    <div className={classes.buttons}>
      <DisabledReason reason={closed}>
        <Button
          leftSection={<IconArrowDownLeft size={16} aria-hidden />}
          onClick={() => onOpen('deposit')}
        >
          Deposit
        </Button>
      </DisabledReason>
      <DisabledReason reason={closed}>
        <Button
          variant="default"
          leftSection={<IconArrowUpRight size={16} aria-hidden />}
          onClick={() => onOpen('withdraw')}
        >
          Withdraw
        </Button>
      </DisabledReason>
      <DisabledReason reason={closed}>
        <Button
          variant="default"
          leftSection={<IconArrowsExchange size={16} aria-hidden />}
          onClick={() => onOpen('transfer')}
        >
          Transfer
        </Button>
      </DisabledReason>
      <DisabledReason reason={closed ?? balanceReason(account)}>
        <Button
          variant="default"
          leftSection={<IconLock size={16} aria-hidden />}
          onClick={() => onOpen('close')}
        >
          Close
        </Button>
      </DisabledReason>
    </div>
  );
}

function closedReason({ status, closedAt }: AccountRow): string | null {
  return status === 'closed'
    ? `This account was closed on ${(closedAt ?? '').slice(0, 10)}; it takes no commands any more.`
    : null;
}

function balanceReason({ balance, currency }: AccountRow): string | null {
  const amount = BigInt(balance);
  return amount === 0n
    ? null
    : `The balance is ${formatMoney({ amount, currency })}; only an account at zero can be closed.`;
}
