import { isDeepStrictEqual } from 'node:util';
import { groupBy } from '#lib/group-by.ts';
import type { StoredEvent } from '#server/runtime/event-store/stored-event.ts';
import { toErrorSentence } from '#server/runtime/platform/error-sentence.ts';
import { outcomeOf, type SentCommand } from '../command-log.ts';
import type { Check } from './check.ts';
import { type Replay, type ReplayDeps, startReplay } from './replay.ts';
import type { World } from './world.ts';

/**
 * Every accepted command brought about what its module decides on the states at the moment when it was
 * written, those of aggregates included that it only read: as if all commands had come one after another.
 * One that brought nothing about had nothing to do at some moment.
 */
export function checkDecisions(
  commands: readonly SentCommand[],
  world: World,
  deps: ReplayDeps,
): Check {
  const problems: string[] = [];
  const replay = startReplay(deps);
  const idle = watchIdle(commands, world, replay);
  const sent = new Map(commands.map(({ planned }) => [planned.commandId, planned]));
  // Groups come in the order of their first events, and a command's events are written at once.
  const written = groupBy(world.events, ({ metadata }) => metadata.commandId);
  for (const [commandId, events] of written) {
    const planned = sent.get(commandId);
    const [first] = events;
    try {
      if (planned !== undefined && first !== undefined) {
        const { timestamp: at, metadata } = first;
        const wanted = toComparable(
          replay.decide(planned, { at, commandId, actor: metadata.actor }),
        );
        const found = toComparable(events);
        if (!isDeepStrictEqual(wanted, found)) {
          problems.push(
            `${commandId} should have brought ${JSON.stringify(wanted)}, and brought ${JSON.stringify(found)}.`,
          );
        }
      }
      for (const event of events) {
        replay.apply(event);
      }
      idle.look(events.map(({ aggregateId }) => aggregateId));
    } catch (error) {
      problems.push(`${commandId}: ${toErrorSentence(error)}`);
    }
  }
  problems.push(...[...idle.busy].map((id) => `${id} changed nothing, and had something to do.`));
  return {
    name: 'every command did what its rules say',
    figure: `${written.size} that changed something, ${idle.count} that had nothing to change`,
    problems,
  };
}

/** Events as what they say, in one order; which ids they got is not decided. */
function toComparable(events: readonly StoredEvent[]) {
  return events
    .map(({ aggregateId, eventSequence, eventType, timestamp, version, eventData }) => {
      return { aggregateId, eventSequence, eventType, timestamp, version, eventData };
    })
    .sort((a, b) => (a.aggregateId < b.aggregateId ? -1 : 1));
}

/**
 * Commands that were accepted without an event: they are busy until a moment was seen at which they had
 * nothing to do. To be looked at after every change of an aggregate that they name.
 */
function watchIdle(commands: readonly SentCommand[], { records }: World, replay: Replay) {
  const recorded = new Map(records.map((record) => [record.commandId, record]));
  const idle = commands.flatMap((command) => {
    const { planned } = command;
    const outcome = outcomeOf(command);
    const record = recorded.get(planned.commandId);
    const isIdle = outcome?.kind === 'accepted' && outcome.tokens.length === 0;
    return isIdle && record !== undefined ? [{ planned, record }] : [];
  });
  const busy = new Set(idle.map(({ planned }) => planned.commandId));
  const naming = groupBy(
    idle.flatMap((each) => replay.aggregatesOf(each.planned).map((id) => ({ id, ...each }))),
    ({ id }) => id,
  );
  const look = (aggregateIds: Iterable<string>) => {
    for (const { planned, record } of [...aggregateIds].flatMap((id) => naming.get(id) ?? [])) {
      const { commandId } = planned;
      const { acceptedAt: at, actor } = record;
      if (busy.has(commandId) && replay.isIdle(planned, { at, commandId, actor })) {
        busy.delete(commandId);
      }
    }
  };
  look(naming.keys());
  return { count: idle.length, busy, look };
}
