import { groupBy } from '#lib/group-by.ts';
import { toAggregateId } from '#server/domain/recorded-event.ts';
import type { StoredEvent } from '#server/event-store/stored-event.ts';
import { outcomeOf, type SentCommand } from '../command-log.ts';
import type { PlannedCommand } from '../plan-commands.ts';
import type { Check } from './check.ts';
import type { World } from './world.ts';

/**
 * Every accepted command is in the event store exactly once: one record, and the very events that it
 * asks for, at the sequences that its sender was told. A refused one has left nothing, and nobody
 * else has written.
 */
export function checkCommands(commands: readonly SentCommand[], world: World): Check {
  const problems: string[] = [];
  const records = groupBy(world.records, ({ commandId }) => commandId);
  const events = groupBy(world.events, ({ metadata }) => metadata.commandId);
  const sent = new Set(commands.map(({ planned }) => planned.commandId));
  let accepted = 0;
  for (const command of commands) {
    const { commandId } = command.planned;
    const outcome = outcomeOf(command);
    const found = events.get(commandId) ?? [];
    const recorded = records.get(commandId) ?? [];
    if (outcome?.kind !== 'accepted') {
      if (found.length + recorded.length > 0) {
        problems.push(`${commandId} was not accepted, and is in the event store.`);
      }
      continue;
    }
    accepted += 1;
    const wanted = toExpected(command.planned).sort().join(', ');
    const actual = found.map(toText).sort().join(', ');
    if (wanted !== actual) {
      problems.push(
        `${commandId} should have brought ${wanted}; there is: ${actual || 'nothing'}.`,
      );
    }
    const told = toKeys(outcome.tokens);
    const stored = found
      .map(({ aggregateId, eventSequence }) => `${aggregateId}/${eventSequence}`)
      .sort()
      .join(', ');
    if (told !== stored) {
      problems.push(`${commandId}: its sender was told ${told}; stored is ${stored || 'nothing'}.`);
    }
    const kept = recorded.map(({ tokens }) => toKeys(tokens)).join(' and ');
    if (kept !== told) {
      problems.push(
        `${commandId}: its sender was told ${told}; its record has ${kept || 'nothing'}.`,
      );
    }
  }
  const strange = [...new Set([...records.keys(), ...events.keys()])].filter((id) => !sent.has(id));
  problems.push(...strange.map((id) => `${id} is in the event store, and nobody sent it.`));
  return {
    name: 'every accepted command is stored exactly once',
    figure: `${accepted} accepted, ${world.records.length} records, ${world.events.length} events`,
    problems,
  };
}

function toKeys(
  tokens: readonly { readonly accountId: string; readonly sequence: number }[],
): string {
  return tokens
    .map(({ accountId, sequence }) => `${toAggregateId(accountId)}/${sequence}`)
    .sort()
    .join(', ');
}

function toText({ aggregateId, eventType, eventData }: StoredEvent): string {
  return `${eventType} ${eventData.amount ?? 0} on ${aggregateId}`;
}

function toExpected({ verb, accountId, toAccountId, amount }: PlannedCommand): string[] {
  const on = (eventType: string, id: string) => `${eventType} ${amount} on ${toAggregateId(id)}`;
  switch (verb) {
    case 'openAccount':
      return [on('AccountOpened', accountId)];
    case 'deposit':
      return [on('MoneyDeposited', accountId)];
    case 'withdraw':
      return [on('MoneyWithdrawn', accountId)];
    case 'transfer':
      return [on('TransferSent', accountId), on('TransferReceived', toAccountId ?? '')];
  }
}
