import { sql } from 'drizzle-orm';
import { isOfType } from '#lib/aggregate-id.ts';
import type { Visibility } from '#lib/contracts/queries.ts';
import { journal } from '#server/runtime/journal/journal-table.ts';
import type { WebContext } from '../context.ts';
import type { CommandTime } from './command-times.ts';
import { toPercentiles } from './to-percentiles.ts';

type VisibilityDeps = Pick<WebContext, 'db' | 'registry' | 'moveTimes' | 'commandTimes'>;

/** The percentiles are those of so many commands. */
const MEASURED = 200;

/** What was found out about a command stays: it is found out once. */
const found = new WeakMap<CommandTime, number>();

/**
 * How long this process's newest commands took to be seen: see `visibilitySchema`. A command that is not
 * visible yet, or whose way was not heard, is left out.
 */
export async function getVisibility({
  db,
  registry,
  moveTimes,
  commandTimes,
}: VisibilityDeps): Promise<Visibility> {
  const times = commandTimes.newest(MEASURED).filter(({ tokens }) => tokens.length > 0);
  const asked = times.filter((time) => !found.has(time)).flatMap(({ tokens }) => tokens);
  const positions = asked.length === 0 ? new Map() : await readPositions(db, asked);
  for (const time of times) {
    const milliseconds = found.get(time) ?? measure(time);
    if (milliseconds !== undefined) {
      found.set(time, milliseconds);
    }
  }
  return { measured: toPercentiles(times.flatMap((time) => found.get(time) ?? [])) };

  function measure({ storedAt, tokens }: CommandTime): number | undefined {
    const shown = tokens.flatMap(({ aggregateId, sequence }) => {
      const position = positions.get(toKey(aggregateId, sequence));
      return registry.views
        .filter(({ aggregate }) => isOfType(aggregate.type, aggregateId))
        .map(({ name }) =>
          position === undefined ? Number.NaN : (moveTimes.passedAt(name, position) ?? Number.NaN),
        );
    });
    const last = Math.max(...shown);
    return Number.isFinite(last) ? Math.max(0, last - storedAt) : undefined;
  }
}

async function readPositions(
  db: WebContext['db'],
  tokens: CommandTime['tokens'],
): Promise<Map<string, number>> {
  const ids = sql.param(tokens.map(({ aggregateId }) => aggregateId));
  const sequences = sql.param(tokens.map(({ sequence }) => sequence));
  const rows = await db.execute<{ id: string; sequence: number; position: number }>(sql`
    SELECT asked.id, asked.sequence, ${journal.position}::float8 AS position
    FROM unnest(${ids}::text[], ${sequences}::integer[]) AS asked (id, sequence)
    JOIN ${journal} ON ${journal.aggregateId} = asked.id AND ${journal.eventSequence} = asked.sequence`);
  return new Map(rows.map(({ id, sequence, position }) => [toKey(id, sequence), position]));
}

function toKey(aggregateId: string, sequence: number): string {
  return `${sequence} ${aggregateId}`;
}
