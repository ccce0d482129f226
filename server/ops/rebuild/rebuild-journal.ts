import { setTimeout as sleep } from 'node:timers/promises';
import { DescribeTableCommand } from '@aws-sdk/client-dynamodb';
import { formatSpan } from '#lib/time-format.ts';
import { JOURNAL } from '#server/runtime/journal/dead-letters-table.ts';
import { createIngest } from '#server/runtime/journal/ingest.ts';
import {
  type JournalState,
  loadJournalState,
  requestJournalRebuild,
} from '#server/runtime/journal/journal-state.ts';
import { createJournalSupervisor } from '#server/runtime/journal/journal-supervisor.ts';
import type { OpsIo } from '#server/runtime/ops/ops-command.ts';
import type { OpsContext } from '#server/runtime/ops/ops-context.ts';
import { toJson } from '#server/runtime/ops/output.ts';
import { createLogger } from '#server/runtime/platform/logger.ts';
import {
  type Operator,
  recordOperatorAction,
} from '#server/runtime/views/record-operator-action.ts';

const LOOK_INTERVAL_MS = 200;

/**
 * Has the journal completed from the event store, and waits until it is; a dry run only estimates.
 * Where no worker does it, the command does; when it is interrupted, a worker goes on. Throws the
 * signal's reason.
 */
export async function rebuildJournalNow(
  ctx: OpsContext,
  isDryRun: boolean,
  operator: Operator,
  io: OpsIo,
): Promise<void> {
  const { db } = ctx;
  const before = await loadJournalState(db);
  if (isDryRun) {
    const events = await countEvents(ctx);
    const rate = toRate(before);
    const estimate = { events, seconds: rate === null ? null : events / rate };
    await io.print(io.json ? toJson({ estimate }) : toText(estimate));
    return;
  }
  await db.transaction(async (tx) => {
    await requestJournalRebuild(tx);
    await recordOperatorAction(tx, operator, 'rebuild', JOURNAL);
  });
  const done = await waitUntilComplete(ctx, io.signal);
  const result = { read: done.eventsRead, inserted: done.eventsInserted };
  const sentence = `The journal is complete: ${result.read} events read, ${result.inserted} of them new.`;
  await io.print(io.json ? toJson(result) : sentence);
}

async function waitUntilComplete(ctx: OpsContext, signal: AbortSignal): Promise<JournalState> {
  const { db, dynamo, store } = ctx;
  const supervisor = createJournalSupervisor({
    dynamo,
    db,
    store,
    ingest: createIngest({ db, store }),
    workerId: `ops-${process.pid}`,
    logger: createLogger({ LOG_LEVEL: 'silent' }, 'ops'),
    lookIntervalMs: LOOK_INTERVAL_MS,
  });
  try {
    for (;;) {
      const state = await loadJournalState(db);
      if (state.status === 'complete') {
        return state;
      }
      signal.throwIfAborted();
      await sleep(LOOK_INTERVAL_MS);
    }
  } finally {
    await supervisor.stop();
  }
}

/** As DynamoDB counts items: on AWS some hours old. */
async function countEvents({ dynamo }: OpsContext): Promise<number> {
  const TableName = dynamo.tables.events;
  const { Table } = await dynamo.client.send(new DescribeTableCommand({ TableName }));
  return Table?.ItemCount ?? 0;
}

/** Events per second of the last time; null when there was none. */
function toRate({ eventsRead, startedAt, completedAt }: JournalState): number | null {
  const seconds =
    startedAt === null || completedAt === null ? 0 : (+completedAt - +startedAt) / 1_000;
  return seconds > 0 && eventsRead > 0 ? eventsRead / seconds : null;
}

function toText({ events, seconds }: { events: number; seconds: number | null }): string {
  const speed = seconds === null ? 'nothing is known of the speed' : `some ${formatSpan(seconds)}`;
  return `About ${events} events to read from the event store; ${speed}.`;
}
