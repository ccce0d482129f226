import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { MODULES } from '#server/modules/index.ts';
import { createDynamo, type Dynamo } from '#server/runtime/platform/dynamo.ts';
import { createPostgres, type Db } from '#server/runtime/platform/postgres.ts';
import { createRegistry } from '#server/runtime/registry.ts';
import { CONSUMERS } from '#server/runtime/stream/consumer-lag.ts';
import { listLeases } from '#server/runtime/stream/lease-table.ts';
import { putOddRecords } from './odd-records.ts';
import type { Part } from './part.ts';
import type { PlannedFault, WireFault } from './plan-faults.ts';
import { setClockBack } from './set-clock-back.ts';
import { fillDisk } from './small-disk.ts';
import type { Stage } from './stage.ts';

const MORE_MS = 100;
const MAX_MORE = 200;

/** Does a fault to the stage; answers, when it is over, what was done, for a person to read. */
export async function carryOutFault(
  stage: Stage,
  { kind, forMs, victim }: PlannedFault,
): Promise<string> {
  const seconds = `${(forMs / 1_000).toFixed(1)} s`;
  switch (kind) {
    case 'kill-worker': {
      const worker = at(stage.workers, victim);
      await worker.end('SIGKILL', forMs);
      return `kill -9 of ${worker.name}, gone for ${seconds}`;
    }
    case 'kill-two-workers': {
      const spared = at(stage.workers, victim);
      const hit = stage.workers.filter((worker) => worker !== spared);
      await Promise.all(hit.map((worker) => worker.end('SIGKILL', forMs)));
      return `kill -9 of ${hit.map(({ name }) => name).join(' and ')}, gone for ${seconds}`;
    }
    case 'freeze-worker':
      return freezeWorker(stage, victim, forMs);
    case 'kill-web':
      await stage.web.end('SIGKILL', forMs);
      return `kill -9 of the web server, gone for ${seconds}`;
    case 'kill-postgresql':
      await stage.postgresql.end('SIGKILL', forMs);
      return `kill -9 of PostgreSQL, gone for ${seconds}`;
    case 'end-postgresql-backend':
      return `ended ${await endBackends(stage)} sessions of PostgreSQL`;
    case 'stop-dynamodb':
      await stage.dynamodb.end('SIGTERM', forMs);
      return `stopped DynamoDB, gone for ${seconds}`;
    case 'kill-dynamodb':
      await stage.dynamodb.end('SIGKILL', forMs);
      return `kill -9 of DynamoDB, gone for ${seconds}`;
    case 'clock-set-back':
      return setWorkersClockBack(stage, forMs);
    case 'unreadable-record': {
      const name = `${Math.floor(victim * 1e9)}`;
      const registered = createRegistry(MODULES);
      await untilDone(stage, ({ dynamo }) => putOddRecords(dynamo, registered, name));
      return `put records that are no events, ODD-${name} of every type of aggregate`;
    }
    case 'disk-full':
      // PostgreSQL ends itself when it cannot write its log; nobody else may.
      await stage.postgresql.excuse(() => fillDisk(stage.dataDir, forMs));
      return `no room on the disk for ${seconds}`;
    case 'repeat-records':
    case 'reorder-records':
    case 'throttle':
    case 'expire-iterators':
    case 'lose-answers':
    case 'delay':
      return disturbWire(stage, kind, forMs);
  }
}

/** Kills every worker; when they come again, all that they wrote down is two days ahead. */
async function setWorkersClockBack(stage: Stage, forMs: number): Promise<string> {
  const ended = Promise.all(stage.workers.map((worker) => worker.end('SIGKILL', forMs)));
  await sleep(forMs / 2);
  await untilDone(stage, setClockBack);
  await ended;
  return `kill -9 of all workers, and the clock set back two days, gone for ${(forMs / 1_000).toFixed(1)} s`;
}

/** Does it past the proxy, again while a database is down, which other faults may see to. */
async function untilDone(
  { directEnv }: Stage,
  work: (stores: { readonly db: Db; readonly dynamo: Dynamo }) => Promise<void>,
): Promise<void> {
  const dynamo = createDynamo(directEnv);
  const postgres = createPostgres(directEnv, { application: 'chaos', max: 1 });
  try {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await work({ db: postgres.db, dynamo });
      } catch (error) {
        if (attempt >= MAX_MORE) {
          throw error;
        }
        await sleep(MORE_MS);
      }
    }
  } finally {
    dynamo.close();
    await postgres.close();
  }
}

/** Goes on beyond its time until it has met a request: nobody may have asked while others were down. */
async function disturbWire({ proxy }: Stage, kind: WireFault, forMs: number): Promise<string> {
  const before = proxy.counts[kind];
  proxy.setFault(kind, true);
  await sleep(forMs);
  for (let n = 0; n < MAX_MORE && proxy.counts[kind] === before; n += 1) {
    await sleep(MORE_MS);
  }
  proxy.setFault(kind, false);
  return `${kind} for ${(forMs / 1_000).toFixed(1)} s: ${proxy.counts[kind] - before} requests`;
}

/** One that reads a shard, if any does: the others have little to be late with. */
async function freezeWorker(stage: Stage, victim: number, forMs: number): Promise<string> {
  const readers = await findReaders(stage);
  const reading = stage.workers.filter((worker) => readers.includes(worker.pid() ?? 0));
  const worker = at(reading.length > 0 ? reading : stage.workers, victim);
  const pid = worker.pid() ?? 0;
  let late: readonly number[] = [];
  await worker.freeze(forMs, async () => {
    late = await findReaders(stage);
  });
  const had = readers.filter((each) => each === pid).length;
  const kept = late.filter((each) => each === pid).length;
  return `froze ${worker.name} for ${(forMs / 1_000).toFixed(1)} s: it read ${had} shards before, ${kept} at its waking`;
}

/** Ids of the processes that hold leases, one per lease; none while DynamoDB does not answer. */
async function findReaders({ directEnv }: Stage): Promise<number[]> {
  const dynamo = createDynamo(directEnv);
  try {
    const leases = await Promise.all(CONSUMERS.map((consumer) => listLeases(dynamo, consumer)));
    return leases.flat().flatMap(({ owner }) => (owner === null ? [] : [toPid(owner)]));
  } catch {
    return [];
  } finally {
    dynamo.close();
  }
}

/** The process of a worker's id: `<host>-<pid>-<random>`. */
function toPid(workerId: string): number {
  return Number(workerId.split('-').at(-2));
}

async function endBackends({ directEnv }: Stage): Promise<number> {
  const postgres = createPostgres(directEnv, { application: 'chaos', max: 1 });
  try {
    const ended = await postgres.db.execute(sql`
      SELECT count(*) FILTER (WHERE pg_terminate_backend(pid))::int AS count FROM (
        SELECT pid FROM pg_stat_activity WHERE application_name LIKE 'playhead-%'
        ORDER BY random() LIMIT 3
      ) AS chosen`);
    return z.array(z.object({ count: z.number() })).parse(ended)[0]?.count ?? 0;
  } catch {
    // It is down at this moment: nothing to end.
    return 0;
  } finally {
    await postgres.close();
  }
}

function at(parts: readonly Part[], victim: number): Part {
  const part = parts[Math.floor(victim * parts.length)];
  if (part === undefined) {
    throw new Error('There is no such part.');
  }
  return part;
}
