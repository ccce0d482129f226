import { isCurrency } from '#lib/currencies.ts';
import { toAccountId } from '#lib/modules/bank/account-id.ts';
import { formatMoney, MAX_BALANCE } from '#lib/money.ts';
import { type Decision, type Rejection, reject } from '#server/runtime/commands/decision.ts';
import { toAccountAggregateId } from './account-aggregate-id.ts';
import type {
  AccountCommand,
  CloseAccount,
  MoveMoney,
  OpenAccount,
  Timed,
} from './account-commands.ts';
import type { AccountEvent } from './account-events.ts';
import {
  checkAmount,
  checkCurrency,
  checkFunds,
  checkRoom,
  checkText,
  effectiveTime,
  MAX_OWNER_LENGTH,
  requireOpenAccount,
} from './account-rules.ts';
import type { AccountState } from './account-state.ts';

/** What a command of one account brings about, or the rule that it breaks. Pure. */
export function decideAccount(command: AccountCommand, state: AccountState): Decision {
  switch (command.commandType) {
    case 'OpenAccount':
      return decideOpen(command, state);
    case 'Deposit':
    case 'Withdraw':
      return decideMove(command, state);
    case 'CloseAccount':
      return decideClose(command, state);
  }
}

function decideOpen(command: OpenAccount, state: AccountState): Decision {
  const accountId = toAccountId(command.number);
  const owner = command.owner.trim();
  const { currency, overdraftLimit } = command;
  if (accountId === undefined) {
    return reject(
      'INVALID_INPUT',
      'An account number has 1 to 34 letters, digits and hyphens.',
      'number',
    );
  }
  if (owner === '') {
    return reject('INVALID_INPUT', 'The account needs an owner.', 'owner');
  }
  if (!isCurrency(currency)) {
    return reject('INVALID_INPUT', `“${currency}” is not an ISO 4217 currency.`, 'currency');
  }
  if (overdraftLimit < 0n || overdraftLimit > MAX_BALANCE) {
    const [asked, most] = [overdraftLimit, MAX_BALANCE].map((amount) =>
      formatMoney({ amount, currency }),
    );
    const sentence = `An overdraft limit is zero to ${most}; this one is ${asked}.`;
    return reject('INVALID_AMOUNT', sentence, 'overdraftLimit');
  }
  if (state.status !== 'unopened') {
    const sentence = `The number ${accountId} belongs to an account of ${state.owner} already.`;
    return reject('ACCOUNT_NUMBER_TAKEN', sentence, 'number');
  }
  return (
    checkText('owner', owner, MAX_OWNER_LENGTH) ??
    accept(command, accountId, state, {
      eventType: 'AccountOpened',
      eventData: { owner, number: accountId, currency, overdraftLimit },
    })
  );
}

function decideMove(
  command: MoveMoney & { readonly commandType: 'Deposit' | 'Withdraw' },
  state: AccountState,
): Decision {
  const { accountId, amount, currency, description, counterparty, bookingDate } = command;
  const isDeposit = command.commandType === 'Deposit';
  const account = requireOpenAccount(accountId, state);
  if ('kind' in account) {
    return account;
  }
  return (
    checkAmount(amount, currency) ??
    checkText('description', description) ??
    checkText('counterparty', counterparty) ??
    checkCurrency(accountId, account, currency) ??
    (isDeposit ? checkRoom : checkFunds)(accountId, account, amount) ??
    accept(command, accountId, state, {
      eventType: isDeposit ? 'MoneyDeposited' : 'MoneyWithdrawn',
      eventData: { amount, currency, description, counterparty, bookingDate },
    })
  );
}

function decideClose(command: CloseAccount, state: AccountState): Decision {
  const { accountId, reason } = command;
  const account = requireOpenAccount(accountId, state);
  if ('kind' in account) {
    return account;
  }
  if (account.balance !== 0n) {
    const balance = formatMoney({ amount: account.balance, currency: account.currency });
    return reject(
      'BALANCE_NOT_ZERO',
      `Account ${accountId} has a balance of ${balance}; only an account at zero can be closed.`,
    );
  }
  return (
    checkText('reason', reason) ??
    accept(command, accountId, state, { eventType: 'AccountClosed', eventData: { reason } })
  );
}

function accept(
  command: Timed,
  accountId: string,
  state: AccountState,
  event: AccountEvent,
): Decision {
  const timestamp: string | Rejection = effectiveTime(command, [state]);
  return typeof timestamp === 'string'
    ? { kind: 'accepted', timestamp, events: new Map([[toAccountAggregateId(accountId), [event]]]) }
    : timestamp;
}
