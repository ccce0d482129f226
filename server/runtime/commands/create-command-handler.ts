import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { CommandResult } from '#lib/contracts/commands.ts';
import { PlayheadError } from '#lib/playhead-error.ts';
import { hasUnseen } from '#lib/unseen-text.ts';
import type { AggregateVersion, EventStore } from '#server/runtime/event-store/event-store.ts';
import type { LoadedState } from '#server/runtime/event-store/fold-events.ts';
import { backoffMs } from '#server/runtime/platform/backoff.ts';
import type { CommandHandler, CommandOrigin, ParsedCommand } from './command-context.ts';
import { toFirstResult } from './first-result.ts';
import { createKeyedQueue } from './keyed-queue.ts';
import { hashPayload } from './payload-hash.ts';
import { type Addition, recordEvents } from './record-events.ts';
import { requireNamed } from './require-named.ts';
import { type CacheSize, createStateCache, type StateCache } from './state-cache.ts';
import { stateOf } from './state-of.ts';

/** How often a command is decided anew because others wrote to its aggregates first. */
const MAX_ATTEMPTS = 20;
const MAX_COMMAND_ID_LENGTH = 200;

type Contention = { readonly contendedId: string };

type CommandHandlerDeps = {
  readonly store: EventStore;
  readonly now: () => Date;
  /** Called when a snapshot could not be written; no command waits for that, or fails by it. */
  readonly onSnapshotError: (error: unknown) => void;
  /** What it remembers of states, where that is not what a server does. */
  readonly cacheSize?: CacheSize;
};

/**
 * The command handler: load, decide, append. Within a process, commands of one aggregate go one
 * after another; between processes the store's conditions say who was first, and the others load
 * and decide again, a bounded number of times.
 *
 * The first decision stands on the state that this process remembers, without a read: when others
 * have written since, the append's conditions fail, and a rejection is never given on such a state.
 * So the hot path is one TransactWriteItems, and a cold aggregate's one consistent Query more. A
 * command id that is known costs no read of its own: the condition on its record tells. Only where
 * a command is rejected is the record looked up, for it may have been accepted before.
 *
 * `execute` throws PlayheadError: a rejection's code, COMMAND_ID_REUSED, CONTENTION, and what the
 * store throws. Rejected commands leave no record: sent again, they are decided again.
 */
export function createCommandHandler(deps: CommandHandlerDeps): CommandHandler {
  const { store, now, onSnapshotError, cacheSize } = deps;
  const inTurn = createKeyedQueue();
  const cache = createStateCache(store, onSnapshotError, cacheSize);

  async function attempt(
    origin: CommandOrigin,
    command: ParsedCommand,
    payloadHash: string,
    load: StateCache['load'],
  ): Promise<CommandResult | Contention> {
    const { commandId, actor, correlationId = randomUUID() } = origin;
    const { commandType } = command;
    const read = await loadAll(command.aggregateIds, load);
    const loadedOf = (aggregateId: string) => requireNamed(read, aggregateId);
    const acceptedAt = now().toISOString();
    const decision =
      findOutdated(origin, command, loadedOf) ??
      command.decide(acceptedAt, (aggregate, aggregateId) =>
        stateOf(aggregate, aggregateId, loadedOf(aggregateId)),
      );
    if (decision.kind === 'rejected') {
      if (load === cache.recall) {
        return attempt(origin, command, payloadHash, cache.load);
      }
      const record = await store.getCommand(commandId);
      if (record !== undefined) {
        return toFirstResult(record, command);
      }
      throw new PlayheadError(decision.code, decision.message, { field: decision.field });
    }

    const cause = { actor, commandId, commandType, correlationId };
    const additions = recordEvents(store.aggregates, cause, decision, loadedOf);
    const tokens = additions.map(({ aggregateId, loaded }) => ({
      aggregateId,
      sequence: loaded.version,
    }));
    const appended = await store.append(
      additions.flatMap(({ events }) => events.map(store.encode)),
      { ...cause, payloadHash, tokens, acceptedAt },
      toUnchanged(read, additions),
    );
    switch (appended.kind) {
      case 'appended':
        for (const { aggregateId, loaded, keyframes } of additions) {
          cache.remember(aggregateId, loaded, keyframes);
        }
        return { commandId, tokens, duplicate: false };
      case 'duplicate':
        return toFirstResult(appended.record, command);
      case 'conflict':
        return { contendedId: appended.aggregateId };
    }
  }

  return {
    execute: async (origin, command) => {
      checkCommandId(origin.commandId);
      const payloadHash = hashPayload(command.commandType, command.payload);
      return inTurn(command.aggregateIds, () =>
        untilUncontended((isFirst) =>
          attempt(origin, command, payloadHash, isFirst ? cache.recall : cache.load),
        ),
      );
    },
    close: cache.flush,
  };
}

/**
 * Why a command that expects a version is refused, like a rejection: undefined while the aggregate has it.
 * What is then written stands on the versions that were read, so that nothing can come between.
 */
function findOutdated(
  { expectedVersion }: CommandOrigin,
  { aggregateIds: [aggregateId] }: ParsedCommand,
  loadedOf: (aggregateId: string) => LoadedState,
) {
  if (expectedVersion === undefined || aggregateId === undefined) {
    return undefined;
  }
  const { version } = loadedOf(aggregateId);
  const message = `${aggregateId} has the version ${version}, and not ${expectedVersion}: others have written to it. Read it again.`;
  return version === expectedVersion
    ? undefined
    : ({ kind: 'rejected', code: 'VERSION_NOT_CURRENT', message, field: undefined } as const);
}

async function loadAll(aggregateIds: readonly string[], load: StateCache['load']) {
  const distinct = [...new Set(aggregateIds)];
  return new Map(await Promise.all(distinct.map(async (id) => [id, await load(id)] as const)));
}

/** The aggregates that the decision stands on and does not write: they must still be what was read. */
function toUnchanged(
  read: ReadonlyMap<string, LoadedState>,
  additions: readonly Addition[],
): AggregateVersion[] {
  const written = new Set(additions.map(({ aggregateId }) => aggregateId));
  return [...read]
    .filter(([aggregateId]) => !written.has(aggregateId))
    .map(([aggregateId, { version }]) => ({ aggregateId, version }));
}

async function untilUncontended(
  attempt: (isFirst: boolean) => Promise<CommandResult | Contention>,
): Promise<CommandResult> {
  for (let count = 1; ; count += 1) {
    const result = await attempt(count === 1);
    if (!('contendedId' in result)) {
      return result;
    }
    if (count === MAX_ATTEMPTS) {
      throw new PlayheadError(
        'CONTENTION',
        `Others kept writing to ${result.contendedId}: nothing was written after ` +
          `${MAX_ATTEMPTS} attempts. Send the command again.`,
      );
    }
    await sleep(backoffMs(count, { baseMs: 5, capMs: 250 }));
  }
}

function checkCommandId(commandId: string): void {
  if (commandId.trim() === '' || commandId.length > MAX_COMMAND_ID_LENGTH || hasUnseen(commandId)) {
    const sentence = `A command id has 1 to ${MAX_COMMAND_ID_LENGTH} characters, all of which can be seen.`;
    throw new PlayheadError('INVALID_INPUT', sentence, { field: 'commandId' });
  }
}
