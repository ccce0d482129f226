import type { CommandItem } from '#lib/contracts/command-history.ts';
import type { EventItem, Origin } from '#lib/contracts/queries.ts';
import {
  getCommandRecords,
  type KeptRecord,
} from '#server/runtime/event-store/get-command-records.ts';
import { toSurelyKept } from '#server/runtime/integrity/check-origins.ts';
import { within } from '#server/runtime/queries/within.ts';
import type { WebContext } from '../context.ts';

const DAY_MS = 86_400_000;
const TIMEOUT_MS = 2_000;

export type OriginDeps = Pick<WebContext, 'dynamo' | 'commandRetentionDays' | 'now'>;

/**
 * Tells of these events how they came in, by the records of their commands, which are written in one
 * transaction with them. Nobody knows while DynamoDB does not answer.
 */
export async function findOrigins(
  { dynamo, commandRetentionDays, now }: OriginDeps,
  events: readonly EventItem[],
): Promise<(event: EventItem) => Origin> {
  const ids = events.map(({ metadata }) => metadata.commandId);
  const records = await within(TIMEOUT_MS, () => getCommandRecords(dynamo, ids)).catch(() => null);
  const retentionMs = commandRetentionDays * DAY_MS;
  const surelyKept = toSurelyKept(retentionMs, now());
  return (event) => {
    if (records === null) {
      return 'unknown';
    }
    const record = records.get(event.metadata.commandId);
    if (record === undefined) {
      const expiresAt = Date.parse(event.timestamp) + retentionMs;
      return expiresAt > surelyKept ? 'not-recorded' : 'unknown';
    }
    return isOf(record, event) ? 'recorded' : 'not-recorded';
  };
}

function isOf(record: KeptRecord, { aggregateId, eventSequence }: EventItem): boolean {
  return (
    record !== 'unreadable' &&
    record.tokens.some((last) => last.aggregateId === aggregateId && last.sequence >= eventSequence)
  );
}

/** Commands with how they came in: as the worst of their events did. One without events is its own record. */
export async function withOrigins<Command extends CommandItem>(
  deps: OriginDeps,
  commands: readonly Command[],
): Promise<Command[]> {
  const toOrigin = await findOrigins(
    deps,
    commands.flatMap(({ events }) => events),
  );
  return commands.map((command) => {
    const origins = command.events.map(toOrigin);
    const worst = WORST_FIRST.find((origin) => origins.includes(origin));
    return { ...command, origin: worst ?? command.origin };
  });
}

const WORST_FIRST = ['not-recorded', 'unknown', 'recorded'] as const;
