import { setTimeout as sleep } from 'node:timers/promises';
import cliProgress from 'cli-progress';
import { PlayheadError } from '#lib/playhead-error.ts';
import { formatSpan } from '#lib/time-format.ts';
import type { OpsIo } from '#server/runtime/ops/ops-command.ts';
import { createLogger } from '#server/runtime/platform/logger.ts';
import type { Db } from '#server/runtime/platform/postgres.ts';
import { getRebuild } from '#server/runtime/rebuild/get-rebuilds.ts';
import type { Rebuild } from '#server/runtime/rebuild/rebuild.ts';
import { createRebuildRunner } from '#server/runtime/rebuild/rebuild-runner.ts';
import type { PostgresView } from '#server/runtime/views/postgres-view.ts';

const LOOK_INTERVAL_MS = 200;

/**
 * Waits until a rebuild is ready, and shows how far it is to people at a terminal. It fills the
 * tables itself where no worker does; when it is interrupted, a worker goes on. Throws REBUILD_STOPPED
 * when the rebuild failed, REBUILD_REFUSED when somebody else has ended it, and the signal's reason.
 */
export async function watchRebuild(
  db: Db,
  projection: PostgresView,
  id: number,
  io: OpsIo,
): Promise<Rebuild> {
  const runner = createRebuildRunner({
    postgres: { db },
    projections: [projection],
    logger: createLogger({ LOG_LEVEL: 'silent' }, 'ops'),
    workerId: `ops-${process.pid}`,
  });
  const bar = createBar(io);
  try {
    for (;;) {
      const rebuild = await getRebuild(db, id);
      bar?.setTotal(rebuild.target);
      bar?.update(rebuild.position, {
        rate: Math.round(rebuild.rate ?? 0),
        left: rebuild.secondsLeft === null ? '?' : formatSpan(rebuild.secondsLeft),
      });
      if (rebuild.status === 'failed') {
        const message = rebuild.error?.message ?? `The rebuild of ${projection.name} failed.`;
        throw new PlayheadError('REBUILD_STOPPED', message);
      }
      if (rebuild.status !== 'running') {
        return requireReady(rebuild);
      }
      io.signal.throwIfAborted();
      await sleep(LOOK_INTERVAL_MS);
    }
  } finally {
    bar?.stop();
    await runner.stop();
  }
}

function requireReady(rebuild: Rebuild): Rebuild {
  if (rebuild.status !== 'ready') {
    throw new PlayheadError(
      'REBUILD_REFUSED',
      `The rebuild of ${rebuild.projection} was ${rebuild.status} by somebody else.`,
    );
  }
  return rebuild;
}

function createBar({ progress }: OpsIo): cliProgress.SingleBar | undefined {
  if (!('isTTY' in progress) || progress.isTTY !== true) {
    return undefined;
  }
  const bar = new cliProgress.SingleBar({
    format: '{bar} {percentage}% · {value} of {total} events · {rate} events/s · {left} left',
    stream: progress,
    hideCursor: true,
    barCompleteChar: '█',
    barIncompleteChar: '░',
  });
  bar.start(0, 0, { rate: 0, left: '?' });
  return bar;
}
