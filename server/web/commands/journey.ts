import { eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { CommandItem, Journey } from '#lib/contracts/command-history.ts';
import { PlayheadError } from '#lib/playhead-error.ts';
import { isPlace } from '#server/runtime/commands/eventless/eventless-command.ts';
import { getEventless } from '#server/runtime/commands/eventless/find-eventless.ts';
import type { CommandRecord } from '#server/runtime/event-store/command-record.ts';
import { journal } from '#server/runtime/journal/journal-table.ts';
import type { Db } from '#server/runtime/platform/postgres.ts';
import { textParam } from '#server/runtime/queries/parse-query.ts';
import { within } from '#server/runtime/queries/within.ts';
import type { WebContext } from '../context.ts';
import { toItem } from './commands-page.ts';
import { getDeliveries, type Sent } from './deliveries.ts';
import { getCommandOfJournal } from './find-commands.ts';
import { withOrigins } from './find-origins.ts';
import { toSteps } from './to-steps.ts';

/** `correlation`: the command's, which finds its events when its record has expired. */
export const journeyQuerySchema = z.object({ correlation: textParam });

const TIMEOUT_MS = 2_000;

type JourneyDeps = Pick<
  WebContext,
  | 'db'
  | 'dynamo'
  | 'store'
  | 'registry'
  | 'moveTimes'
  | 'commandTimes'
  | 'commandRetentionDays'
  | 'now'
>;

/**
 * A command's way, by its id in the history. A database that does not answer is said, and what the other
 * knows is told. Throws COMMAND_NOT_FOUND.
 */
export async function getJourney(
  deps: JourneyDeps,
  id: string,
  { correlation }: z.output<typeof journeyQuerySchema>,
): Promise<Journey> {
  if (isPlace(id)) {
    const kept = await getEventless(deps.dynamo, id);
    if (kept === undefined) {
      throw notFound(id);
    }
    return { ...NO_WAY, command: toItem(kept) };
  }
  const record = await settle(() => deps.store.getCommand(id));
  const correlationId = record.value?.correlationId ?? correlation;
  const found = await settle(async () =>
    correlationId === undefined ? undefined : readJournal(deps, correlationId, id),
  );
  const known = found.value?.command ?? (record.value && toUnread(record.value));
  const [command] =
    known === undefined || record.isDown ? [known] : await withOrigins(deps, [known]);
  if (command === undefined) {
    if (record.isDown || found.isDown) {
      throw record.error ?? found.error;
    }
    throw notFound(id);
  }
  const sent = toSent(command, record.value);
  const deliveries = await getDeliveries(deps, sent);
  const time = deps.commandTimes.get(id);
  const acceptedAt = record.value && Date.parse(record.value.acceptedAt);
  return {
    command,
    startedAt: toIso(time?.startedAt ?? acceptedAt),
    steps: toSteps({
      startedAt: time?.startedAt ?? acceptedAt,
      acceptedAt,
      storedAt: time?.storedAt,
      ...(sent.length > 0 || record.isDown
        ? {
            journal: {
              state: found.isDown ? 'unknown' : sent.every(isInJournal) ? 'done' : 'waiting',
              at: found.value?.ingestedAt,
            },
          }
        : {}),
      views: deliveries.map((delivery) => ({
        ...delivery,
        at:
          delivery.database === 'PostgreSQL' && delivery.position !== null
            ? deps.moveTimes.passedAt(delivery.view, delivery.position)
            : undefined,
      })),
    }),
    clockDifferenceMs: found.value?.clockDifferenceMs ?? 0,
    problems: [
      ...(record.isDown ? ['DynamoDB does not answer: when it was accepted is not known.'] : []),
      ...(found.isDown ? ['PostgreSQL does not answer: its events are not known.'] : []),
    ],
  };
}

const NO_WAY = {
  startedAt: null,
  steps: [],
  clockDifferenceMs: 0,
  problems: [],
} satisfies Partial<Journey>;

type Settled<Value> =
  | { readonly value: Value; readonly isDown: false; readonly error?: undefined }
  | { readonly value?: undefined; readonly isDown: true; readonly error: unknown };

async function settle<Value>(ask: () => Promise<Value>): Promise<Settled<Value>> {
  try {
    return { value: await within(TIMEOUT_MS, ask), isDown: false };
  } catch (error) {
    return { isDown: true, error };
  }
}

/** The command's events, when the last of them arrived by this process's clock, and how the clocks differ. */
async function readJournal({ db, store }: JourneyDeps, correlationId: string, id: string) {
  const [command, clockDifferenceMs] = await Promise.all([
    db.transaction((tx) => getCommandOfJournal(tx, store, correlationId, id)),
    measureClockDifference(db),
  ]);
  const last = command?.events.at(-1)?.position ?? null;
  const [row] =
    last === null
      ? []
      : await db
          .select({ ingestedAt: journal.ingestedAt })
          .from(journal)
          .where(eq(journal.position, last));
  const ingestedAt = row && row.ingestedAt.getTime() - clockDifferenceMs;
  return { command, ingestedAt, clockDifferenceMs };
}

/** By how many milliseconds PostgreSQL's clock is ahead of this one; 0 where the answer took longer than that. */
async function measureClockDifference(db: Db): Promise<number> {
  const before = Date.now();
  const [row] = await db.execute<{ now: number }>(
    sql`SELECT (extract(epoch FROM clock_timestamp()) * 1000)::float8 AS now`,
  );
  const after = Date.now();
  const difference = (row?.now ?? before) - (before + after) / 2;
  return Math.abs(difference) > (after - before) / 2 + 1 ? Math.round(difference) : 0;
}

/** What the record alone says of a command that the journal does not have yet. */
function toUnread(record: CommandRecord): CommandItem {
  const { commandId, commandType, actor, acceptedAt, correlationId, tokens } = record;
  return {
    id: commandId,
    commandId,
    commandType,
    actor,
    outcome: 'accepted',
    origin: 'recorded',
    at: acceptedAt,
    aggregateIds: tokens.map(({ aggregateId }) => aggregateId),
    correlationId,
    events: [],
    rule: null,
    missed: 0,
  };
}

/** Its events in the journal, and those that its record says will come. */
function toSent(command: CommandItem, record: CommandRecord | undefined): Sent[] {
  const missing = (record?.tokens ?? []).filter(
    ({ aggregateId, sequence }) =>
      !command.events.some(
        (event) => event.aggregateId === aggregateId && event.eventSequence === sequence,
      ),
  );
  return [
    ...command.events,
    ...missing.map(({ aggregateId, sequence }) => ({
      aggregateId,
      eventSequence: sequence,
      position: null,
    })),
  ];
}

function isInJournal({ position }: Sent): boolean {
  return position !== null;
}

function toIso(time: number | undefined): string | null {
  return time === undefined ? null : new Date(time).toISOString();
}

function notFound(id: string): PlayheadError {
  return new PlayheadError(
    'COMMAND_NOT_FOUND',
    `No command “${id.slice(0, 60)}” is known: it was refused, or its record has expired.`,
  );
}
