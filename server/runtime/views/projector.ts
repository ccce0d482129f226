import { backoffMs } from '#server/runtime/platform/backoff.ts';
import { toErrorSentence } from '#server/runtime/platform/error-sentence.ts';
import type { Logger } from '#server/runtime/platform/logger.ts';
import type { Postgres } from '#server/runtime/platform/postgres.ts';
import { createSince } from '#server/runtime/platform/since.ts';
import { createWakeSignal } from '#server/runtime/platform/wake-signal.ts';
import { applyBatch, BatchError } from './apply-batch.ts';
import { createBatchBisection } from './batch-bisection.ts';
import type { Checkpoint } from './checkpoint.ts';
import { type Claim, claimProjection, RENEW_MS, releaseClaim } from './claim.ts';
import { BATCH_SIZE, type JournalReader } from './journal-reader.ts';
import type { PostgresView } from './postgres-view.ts';
import type { ClaimChange, ProjectorObserver } from './projector-observer.ts';

export type ProjectorStatus = {
  readonly name: string;
  /** Why it does not get on, as a sentence; null while it does, and while another worker runs it. */
  readonly error: string | null;
  /** Since when, ISO 8601. */
  readonly errorSince: string | null;
};

export type Projector = {
  /** There may be new events in the journal. */
  readonly wake: () => void;
  /** The projection may have been paused, resumed or given up by its worker (CONTROL_CHANNEL). */
  readonly review: () => void;
  readonly status: () => ProjectorStatus;
  /** Stops after the batch in hand, and gives the claim up. */
  readonly stop: () => Promise<void>;
};

/** A notification can be lost: so often it looks by itself. */
const POLL_INTERVAL_MS = 1_000;

const RETRY = { baseMs: 100, capMs: 5_000 };

/**
 * Runs a projection until it is stopped: applies the journal batch by batch, and sleeps at its end
 * until it is woken. One of the workers that run the same projection has the claim to it; the others
 * stand by, and one takes over when the claim is given up or runs out.
 *
 * A transient error is retried without end and with a backoff, from the checkpoint, and shows in
 * `status`. An event that fails for good becomes a dead letter: its aggregate waits, the rest goes on.
 */
export function createProjector({
  postgres: { db },
  journal,
  projection,
  workerId,
  logger,
  observer,
  onRest,
  batchSize = BATCH_SIZE,
}: {
  readonly postgres: Pick<Postgres, 'db'>;
  /** Shared by the projectors of a process. */
  readonly journal: JournalReader;
  readonly projection: PostgresView;
  /** Unique to this process and this start of it. */
  readonly workerId: string;
  readonly logger: Logger;
  readonly observer?: ProjectorObserver;
  /** Hears when there is nothing to do: at the journal's end, or while the projection is not this worker's. */
  readonly onRest?: () => void;
  /** Events per transaction, at most. */
  readonly batchSize?: number;
}): Projector {
  const { name, version } = projection;
  const log = logger.child({ projection: name });
  const news = createWakeSignal();
  const pause = createWakeSignal();
  const bisection = createBatchBisection(batchSize);
  let isStopping = false;
  let checkpoint: Checkpoint | undefined;
  let claimedAt = Number.NEGATIVE_INFINITY;
  /** As PostgreSQL last said. */
  let isClaimed = false;
  /** Where the bisection is: it starts anew when somebody else has moved the checkpoint. */
  let bisectingFrom = 0;
  let failures = 0;
  let error: string | null = null;
  const since = createSince();

  async function step(): Promise<void> {
    if (checkpoint === undefined || performance.now() - claimedAt >= RENEW_MS) {
      const asked = performance.now();
      const claim = await claimProjection(db, projection, workerId);
      setClaimed(claim.kind === 'held', 'lost');
      if (claim.kind !== 'held') {
        return standBy(claim);
      }
      claimedAt = asked;
      if (claim.position !== bisectingFrom) {
        bisection.reset();
      }
      checkpoint = claim;
      bisectingFrom = claim.position;
    }
    const { limit, failedEvents } = bisection.next();
    const { entries, isAtEnd } = await journal.read({ after: checkpoint.position, limit });
    const batch = { entries, failedEvents };
    const position = await applyBatch(db, projection, checkpoint, batch, observer?.applied);
    if (error !== null) {
      log.info({ position, errorSince: since.at() }, 'the projection gets on again');
    }
    recovered();
    if (position === 'moved') {
      checkpoint = undefined;
      return;
    }
    checkpoint = { version, position };
    bisectingFrom = position;
    bisection.applied(position);
    if (isAtEnd) {
      onRest?.();
      await news.sleep(POLL_INTERVAL_MS);
    }
  }

  async function standBy(claim: Exclude<Claim, { kind: 'held' }>): Promise<void> {
    checkpoint = undefined;
    if (claim.kind === 'outdated') {
      const held = claim.version;
      fail(
        `The tables of ${name} hold version ${held}, the code is version ${version}: rebuild it.`,
      );
    } else {
      recovered();
    }
    onRest?.();
    const remainingMs = claim.kind === 'elsewhere' ? claim.remainingMs : POLL_INTERVAL_MS;
    await pause.sleep(Math.min(POLL_INTERVAL_MS, Math.max(50, remainingMs)));
  }

  function fail(sentence: string): void {
    if (sentence !== error) {
      log.warn({ position: checkpoint?.position }, sentence);
    }
    since.begin();
    error = sentence;
  }

  function setClaimed(isNow: boolean, ending: Exclude<ClaimChange, 'taken'>): void {
    if (isNow !== isClaimed) {
      isClaimed = isNow;
      observer?.claimChanged(isNow ? 'taken' : ending);
    }
  }

  function recovered(): void {
    error = null;
    since.end();
    failures = 0;
  }

  async function failed(cause: unknown): Promise<void> {
    observer?.retried();
    const reason = cause instanceof BatchError ? cause.cause : cause;
    const wait = cause instanceof BatchError ? bisection.failed(cause) : undefined;
    const sentence = toErrorSentence(reason);
    if (wait === undefined) {
      failures += 1;
      fail(sentence);
      checkpoint = undefined;
    } else {
      fail(`Behind position ${checkpoint?.position ?? 0}: ${sentence}`);
    }
    await pause.sleep(wait ?? backoffMs(failures, RETRY));
  }

  async function run(): Promise<void> {
    while (!isStopping) {
      try {
        await step();
      } catch (cause) {
        await failed(cause);
      }
    }
    // A database that just failed is not asked: a stop does not wait for it.
    if (!isClaimed || failures > 0) {
      return;
    }
    try {
      await releaseClaim(db, name, workerId);
      setClaimed(false, 'released');
    } catch (cause) {
      // A claim that cannot be given up runs out by itself.
      log.warn({ error: toErrorSentence(cause) }, 'the claim was not given up');
    }
  }

  const running = run();
  return {
    wake: news.wake,
    review: () => {
      claimedAt = Number.NEGATIVE_INFINITY;
      news.wake();
      pause.wake();
    },
    status: () => ({ name, error, errorSince: since.at() }),
    stop: async () => {
      isStopping = true;
      news.wake();
      pause.wake();
      await running;
    },
  };
}
