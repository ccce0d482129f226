import { groupBy } from '#lib/group-by.ts';
import { outcomeOf, type SentCommand } from '../command-log.ts';
import type { Check } from './check.ts';
import type { World } from './world.ts';

/**
 * Every accepted command is in the event store exactly once: one record, and events at the sequences that
 * its sender was told, and at no others. A refused one has left nothing, and nobody else has written.
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
    const told = toKeys(outcome.tokens);
    const stored = toKeys(
      found.map(({ aggregateId, eventSequence }) => ({ aggregateId, sequence: eventSequence })),
    );
    if (told !== stored) {
      problems.push(`${commandId}: its sender was told ${told}; stored is ${stored}.`);
    }
    const kept = recorded.map(({ tokens }) => toKeys(tokens)).join(' and ');
    if (recorded.length !== 1 || kept !== told) {
      problems.push(
        `${commandId}: its sender was told ${told}; it has ${recorded.length} records, of ${kept}.`,
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
  tokens: readonly { readonly aggregateId: string; readonly sequence: number }[],
): string {
  const keys = tokens.map(({ aggregateId, sequence }) => `${aggregateId}/${sequence}`).sort();
  return keys.join(', ') || 'nothing';
}
