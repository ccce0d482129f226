import { toDecimal } from '#lib/money.ts';
import { between, pick, type Random } from '../../draw.ts';
import type { Draft } from '../../planned-command.ts';
import type { SharedIds } from '../chaos-domain.ts';

const CURRENCIES = ['EUR', 'JPY', 'KWD'];

/** Opened before anything else, so that money can move. */
export const FIRST_ACCOUNTS = 30;

/** Commands are about the newest of the accounts. */
const ACCOUNTS_IN_USE = 30;

type Account = { readonly accountId: string; readonly currency: string };

/**
 * Openings first, then everything mixed: deposits, withdrawals and transfers. An account is in use for some
 * seconds and then never again: what a view missed last is not put right by a later event. Among the
 * commands are some that must be refused: an account that nobody opens, a number that is taken, another
 * currency, more money than there is, the end of an account that holds money.
 */
export function* planBankCommands(
  random: Random,
  { prefix }: SharedIds,
): Generator<readonly Draft[], never> {
  const opened: Account[] = [];
  for (;;) {
    if (opened.length < FIRST_ACCOUNTS || random() < 0.1) {
      const accountId = `${prefix}-${opened.length + 1}`;
      const account = { accountId, currency: pick(random, CURRENCIES) };
      opened.push(account);
      yield [open(account)];
      continue;
    }
    const inUse = opened.slice(-ACCOUNTS_IN_USE);
    const account = pick(random, inUse);
    const amount = BigInt(between(random, 1, 20_000));
    const drawn = random();
    if (drawn < 0.4) {
      yield [move('Deposit', account, amount)];
    } else if (drawn < 0.6) {
      yield [move('Withdraw', account, amount)];
    } else if (drawn < 0.9) {
      const others = inUse.filter(({ currency }) => currency === account.currency);
      yield [transfer(account, pick(random, others).accountId, amount)];
    } else {
      yield [toRefuse(random, prefix, account, amount)];
    }
  }
}

function open({ accountId, currency }: Account): Draft {
  const input = { number: accountId, owner: `Owner of ${accountId}`, currency };
  return { type: 'OpenAccount', input };
}

function move(type: 'Deposit' | 'Withdraw', account: Account, amount: bigint): Draft {
  return { type, input: { ...account, amount: toDecimal(amount, account.currency) } };
}

function transfer({ accountId, currency }: Account, toAccountId: string, amount: bigint): Draft {
  const input = { fromAccountId: accountId, toAccountId, currency };
  return { type: 'Transfer', input: { ...input, amount: toDecimal(amount, currency) } };
}

function toRefuse(random: Random, prefix: string, account: Account, amount: bigint): Draft {
  switch (pick(random, ['unknown', 'taken', 'currency', 'too-much', 'close'] as const)) {
    case 'unknown':
      return move('Deposit', { ...account, accountId: `${prefix}-NOBODY` }, amount);
    case 'taken':
      return open({ ...account, accountId: `${prefix}-1` });
    case 'currency':
      return move('Deposit', { ...account, currency: 'CHF' }, amount);
    case 'too-much':
      return move('Withdraw', account, 10n ** 13n);
    case 'close':
      return { type: 'CloseAccount', input: { accountId: account.accountId } };
  }
}
