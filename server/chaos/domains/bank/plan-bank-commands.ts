import { limitsOf } from '#lib/modules/bank/transfer-policy.ts';
import { toDecimal } from '#lib/money.ts';
import { between, pick, type Random } from '../../draw.ts';
import type { Draft } from '../../planned-command.ts';
import { toUuid } from '../../to-uuid.ts';
import type { SharedIds } from '../chaos-domain.ts';

const CURRENCIES = ['EUR', 'JPY', 'KWD'];

/** Opened before anything else, so that money can move. */
export const FIRST_ACCOUNTS = 30;

/** Commands are about the newest of the accounts. */
const ACCOUNTS_IN_USE = 30;

/** Of so many accounts one may be overdrawn by what a large transfer moves. */
const OVERDRAWN_EACH = 3;

/** Decisions are about the newest of the proposals. */
const PROPOSALS_IN_USE = 3;

type Account = {
  readonly accountId: string;
  readonly currency: string;
  readonly isOverdrawn: boolean;
};

/** A transfer that is large enough to be proposed. */
type Proposal = Draft & {
  readonly commandId: string;
  readonly input: { readonly fromAccountId: string; readonly toAccountId: string };
};

/**
 * Openings first, then everything mixed: deposits, withdrawals and transfers. An account is in use for some
 * seconds and then never again: what a view missed last is not put right by a later event. Among the
 * commands are some that must be refused: an account that nobody opens, a number that is taken, another
 * currency, more money than there is, the end of an account that holds money. Some transfers are so large
 * that they are proposed, and soon decided on, by their proposer or by another.
 */
export function* planBankCommands(
  random: Random,
  { prefix }: SharedIds,
): Generator<readonly Draft[], never> {
  const opened: Account[] = [];
  const proposals: Proposal[] = [];
  for (;;) {
    if (opened.length < FIRST_ACCOUNTS || random() < 0.1) {
      const accountId = `${prefix}-${opened.length + 1}`;
      const isOverdrawn = opened.length % OVERDRAWN_EACH === 0;
      const account = { accountId, currency: pick(random, CURRENCIES), isOverdrawn };
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
    } else if (drawn < 0.82) {
      const others = inUse.filter(({ currency }) => currency === account.currency);
      yield [transfer(account, pick(random, others).accountId, amount)];
    } else if (drawn < 0.86) {
      const proposal = propose(random, inUse, toUuid(`${prefix}-proposal-${proposals.length}`));
      proposals.push(proposal);
      yield [proposal];
    } else if (drawn < 0.9 && proposals.length > 0) {
      yield [decide(random, pick(random, proposals.slice(-PROPOSALS_IN_USE)))];
    } else {
      yield [toRefuse(random, prefix, account, amount)];
    }
  }
}

function open({ accountId, currency, isOverdrawn }: Account): Draft {
  const overdraft = isOverdrawn ? limitsOf(currency).fourEyesFrom : 0n;
  const overdraftLimit = toDecimal(overdraft, currency);
  const input = { number: accountId, owner: `Owner of ${accountId}`, currency, overdraftLimit };
  return { type: 'OpenAccount', input };
}

function move(
  type: 'Deposit' | 'Withdraw',
  { accountId, currency }: Account,
  amount: bigint,
): Draft {
  return { type, input: { accountId, currency, amount: toDecimal(amount, currency) } };
}

function propose(random: Random, inUse: readonly Account[], commandId: string): Proposal {
  const { accountId, currency } = pick(
    random,
    inUse.filter(({ isOverdrawn }) => isOverdrawn),
  );
  const others = inUse.filter((each) => each.currency === currency);
  const ends = { fromAccountId: accountId, toAccountId: pick(random, others).accountId };
  const amount = toDecimal(limitsOf(currency).fourEyesFrom, currency);
  return { type: 'Transfer', commandId, input: { ...ends, amount, currency } };
}

function decide(random: Random, { commandId: transferId, input }: Proposal): Draft {
  const { fromAccountId, toAccountId } = input;
  return random() < 0.8
    ? { type: 'ApproveTransfer', input: { transferId, fromAccountId, toAccountId } }
    : { type: 'DeclineTransfer', input: { transferId, reason: 'Drawn by lot' } };
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
