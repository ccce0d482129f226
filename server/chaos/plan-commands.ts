import { createHash } from 'node:crypto';
import { toDecimal } from '#lib/money.ts';
import { between, pick, type Random } from './draw.ts';

/** A movement of money, or an opening, before it is sent. `amount` is in minor units. */
export type PlannedCommand = {
  readonly commandId: string;
  /** By a server action of the web server, or by the command handler in this process. */
  readonly via: 'web' | 'direct';
  /** Whether it is sent twice with the same id: both at once, or again when it was answered. */
  readonly twice: 'no' | 'at-once' | 'again';
  readonly verb: 'openAccount' | 'deposit' | 'withdraw' | 'transfer';
  readonly accountId: string;
  /** A transfer's other end. */
  readonly toAccountId: string | null;
  readonly amount: bigint;
  readonly currency: string;
};

const CURRENCIES = ['EUR', 'JPY', 'KWD'];

/** Opened before anything else, so that money can move. */
export const FIRST_ACCOUNTS = 30;

/** Commands are about the newest of the accounts. */
const ACCOUNTS_IN_USE = 30;

/**
 * Commands without an end, always the same ones for the same random numbers: openings first, then
 * everything mixed. An account is in use for some seconds and then never again: what a view missed
 * last is not put right by a later event. Among the commands are some that must be refused: an
 * account that nobody opens, a number that is taken, another currency, more money than there is.
 */
export function* planCommands(random: Random, prefix: string): Generator<PlannedCommand, never> {
  const opened: { readonly accountId: string; readonly currency: string }[] = [];
  for (let n = 1; ; n += 1) {
    const common = {
      commandId: toUuid(`${prefix}-command-${n}`),
      via: pick(random, ['web', 'direct'] as const),
      twice: drawTwice(random),
    };
    const isOpening = opened.length < FIRST_ACCOUNTS || random() < 0.1;
    if (isOpening) {
      const account = {
        accountId: `${prefix}-${opened.length + 1}`,
        currency: pick(random, CURRENCIES),
      };
      opened.push(account);
      yield { ...common, ...account, verb: 'openAccount', toAccountId: null, amount: 0n };
      continue;
    }
    const inUse = opened.slice(-ACCOUNTS_IN_USE);
    const account = pick(random, inUse);
    const movement = { ...common, ...account, toAccountId: null };
    const amount = BigInt(between(random, 1, 20_000));
    const drawn = random();
    if (drawn < 0.4) {
      yield { ...movement, verb: 'deposit', amount };
    } else if (drawn < 0.6) {
      yield { ...movement, verb: 'withdraw', amount };
    } else if (drawn < 0.9) {
      const others = inUse.filter(({ currency }) => currency === account.currency);
      yield {
        ...movement,
        verb: 'transfer',
        toAccountId: pick(random, others).accountId,
        amount,
      };
    } else {
      yield { ...movement, amount, ...toRefuse(random, prefix, account.currency) };
    }
  }
}

function toRefuse(
  random: Random,
  prefix: string,
  currency: string,
): Partial<PlannedCommand> & Pick<PlannedCommand, 'verb'> {
  switch (pick(random, ['unknown', 'taken', 'currency', 'too-much'] as const)) {
    case 'unknown':
      return { verb: 'deposit', accountId: `${prefix}-NOBODY` };
    case 'taken':
      return { verb: 'openAccount', accountId: `${prefix}-1`, currency, amount: 0n };
    case 'currency':
      return { verb: 'deposit', currency: 'CHF' };
    case 'too-much':
      return { verb: 'withdraw', amount: 10n ** 13n };
  }
}

function drawTwice(random: Random): PlannedCommand['twice'] {
  const drawn = random();
  return drawn < 0.05 ? 'at-once' : drawn < 0.1 ? 'again' : 'no';
}

/** The command's fields, as its verb takes them; amounts as decimal texts. */
export function toInput(command: PlannedCommand): Record<string, string> {
  const { verb, accountId, toAccountId, currency } = command;
  if (verb === 'openAccount') {
    return { number: accountId, owner: `Owner of ${accountId}`, currency };
  }
  const amount = toDecimal(command.amount, currency);
  return verb === 'transfer' && toAccountId !== null
    ? { fromAccountId: accountId, toAccountId, amount, currency }
    : { accountId, amount, currency };
}

/** A UUID that is always the same for the same text: the form takes no other command ids. */
function toUuid(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  const groups = [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(12, 15)}`,
    `8${hex.slice(15, 18)}`,
  ];
  return [...groups, hex.slice(18, 30)].join('-');
}
