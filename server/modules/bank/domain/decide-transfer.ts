import { type Decision, reject } from '#server/runtime/commands/decision.ts';
import { toAccountAggregateId } from './account-aggregate-id.ts';
import type { Transfer } from './account-commands.ts';
import {
  checkAmount,
  checkCurrency,
  checkFunds,
  checkRoom,
  checkText,
  effectiveTime,
  requireOpenAccount,
} from './account-rules.ts';
import type { AccountState } from './account-state.ts';

/** Both legs of a transfer at one moment, or the rule that it breaks. Pure. */
export function decideTransfer(command: Transfer, from: AccountState, to: AccountState): Decision {
  const { transferId, fromAccountId, toAccountId, amount, currency, description } = command;
  if (fromAccountId === toAccountId) {
    return reject(
      'SAME_ACCOUNT',
      `A transfer needs two accounts; both ends are ${fromAccountId}.`,
      'toAccountId',
    );
  }
  const source = requireOpenAccount(fromAccountId, from, 'fromAccountId');
  if ('kind' in source) {
    return source;
  }
  const target = requireOpenAccount(toAccountId, to, 'toAccountId');
  if ('kind' in target) {
    return target;
  }
  const broken =
    checkAmount(amount, currency) ??
    checkText('description', description) ??
    checkCurrency(fromAccountId, source, currency) ??
    checkCurrency(toAccountId, target, currency) ??
    checkFunds(fromAccountId, source, amount) ??
    checkRoom(toAccountId, target, amount);
  if (broken) {
    return broken;
  }
  const timestamp = effectiveTime(command, [from, to]);
  if (typeof timestamp !== 'string') {
    return timestamp;
  }
  const leg = { transferId, amount, currency, description };
  return {
    kind: 'accepted',
    timestamp,
    events: new Map([
      [
        toAccountAggregateId(fromAccountId),
        [{ eventType: 'TransferSent', eventData: { ...leg, counterparty: toAccountId } }],
      ],
      [
        toAccountAggregateId(toAccountId),
        [{ eventType: 'TransferReceived', eventData: { ...leg, counterparty: fromAccountId } }],
      ],
    ]),
  };
}
