import { backoffMs } from '#server/runtime/platform/backoff.ts';
import { toErrorSentence } from '#server/runtime/platform/error-sentence.ts';
import type { Logger } from '#server/runtime/platform/logger.ts';
import { createWakeSignal } from '#server/runtime/platform/wake-signal.ts';
import { failRebuild, otherVersion } from '#server/runtime/rebuild/fail-rebuild.ts';
import { carryOutStep, type StepDeps } from './carry-out-step.ts';
import { decideReplay, toRoute } from './decide-replay.ts';
import { handleMessages } from './handle-messages.ts';
import { isQueueLost } from './is-queue-lost.ts';
import {
  beginAnew,
  loadReplay,
  noteHealth,
  noteStep,
  type ReplayRow,
  toQueueName,
} from './replay-progress.ts';

/** While there is nothing to do but wait, it looks so often. */
const LOOK_MS = 100;
const DEPTHS_MS = 1_000;

const RETRY = { baseMs: 100, capMs: 5_000 };

/** Where there are messages, so many requests more ask for them at once; each answers with ten at most. */
const MORE_RECEIVERS = 4;

/**
 * Carries out a replay until it is over, given up or taken by another worker: one loop does its steps, another one
 * handles the messages of the queue that is routed to it. Errors are retried without end, and shown with the replay.
 * When the queues are lost it begins anew with others.
 */
export async function runReplay(
  deps: StepDeps & { readonly rebuild: number; readonly logger: Logger },
  signal: AbortSignal,
): Promise<void> {
  const { db, bus, projection, rebuild, workerId, logger } = deps;
  const ending = new AbortController();
  const isOver = () => signal.aborted || ending.signal.aborted;
  const endOfBoth = AbortSignal.any([signal, ending.signal]);
  let replay: ReplayRow | undefined;
  const errors: { step: string | null; handler: string | null } = { step: null, handler: null };
  let depthsAt = 0;
  const stepPause = createWakeSignal();
  const handlerPause = createWakeSignal();
  endOfBoth.addEventListener('abort', () => {
    stepPause.wake();
    handlerPause.wake();
  });

  async function step(): Promise<void> {
    const found = await loadReplay(db, rebuild);
    replay = found;
    if (found === undefined) {
      ending.abort();
      return;
    }
    if (found.version !== projection.version) {
      const { message } = otherVersion(projection, found.version);
      await failRebuild(db, rebuild, { message, event: null });
      return;
    }
    const move = decideReplay({ ...found, handled: found.replayed + found.live });
    if (move.kind === 'carry-out') {
      await carryOutStep(deps, found, move.step);
    } else if (move.kind === 'advance') {
      await noteStep(db, found, move.step, workerId);
    } else {
      await stepPause.sleep(found.state === 'live' ? DEPTHS_MS : LOOK_MS);
    }
    if (found.state !== 'create-queues' && Date.now() - depthsAt >= DEPTHS_MS) {
      depthsAt = Date.now();
      const depths = {
        replay: await bus.readDepth(toQueueName(projection.name, found, 'replay')),
        live: await bus.readDepth(toQueueName(projection.name, found, 'live')),
      };
      await noteHealth(db, rebuild, { error: errors.handler, depths });
    }
  }

  async function handle(): Promise<void> {
    const route = replay && toRoute(replay.state);
    if (replay === undefined || route === undefined) {
      await handlerPause.sleep(LOOK_MS);
      return;
    }
    const queue = toQueueName(projection.name, replay, route);
    const first = await bus.receive(queue, { waitSeconds: 1, signal: endOfBoth });
    if (first.length === 0) {
      errors.handler = null;
      return;
    }
    const more = await Promise.all(
      Array.from({ length: MORE_RECEIVERS }, () =>
        bus.receive(queue, { waitSeconds: 0, signal: endOfBoth }),
      ),
    );
    const messages = [...first, ...more.flat()];
    const handled = { db, projection, rebuild, workerId, route };
    const outcome = await handleMessages(handled, bus, queue, messages);
    if (outcome === 'over') {
      ending.abort();
    } else {
      errors.handler = outcome;
    }
  }

  async function repeat(part: 'step' | 'handler', work: () => Promise<void>): Promise<void> {
    const pause = part === 'step' ? stepPause : handlerPause;
    for (let failures = 0; !isOver(); ) {
      const before = replay;
      try {
        await work();
        if (failures > 0) {
          errors[part] = null;
          failures = 0;
        }
      } catch (error) {
        if (isOver()) {
          return;
        }
        failures += 1;
        await failed(part, error, before);
        await pause.sleep(backoffMs(failures, RETRY));
      }
    }
  }

  async function failed(
    part: 'step' | 'handler',
    error: unknown,
    at: ReplayRow | undefined,
  ): Promise<void> {
    const sentence = toErrorSentence(error);
    if (sentence !== errors[part]) {
      errors[part] = sentence;
      logger.warn({ error: sentence, state: at?.state }, 'the replay waits');
    }
    try {
      await noteHealth(db, rebuild, { error: sentence });
      if (at !== undefined && at.state !== 'create-queues' && isQueueLost(error)) {
        await beginAnew(db, at);
      }
    } catch {
      // Without PostgreSQL nothing can be noted; the next attempt says what is wrong.
    }
  }

  await Promise.all([repeat('step', step), repeat('handler', handle)]);
}
