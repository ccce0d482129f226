import { setTimeout as sleep } from 'node:timers/promises';
import { MODULES } from '#server/modules/index.ts';
import { createCommandHandler } from '#server/runtime/commands/create-command-handler.ts';
import { createEventStore } from '#server/runtime/event-store/create-event-store.ts';
import { createDynamo } from '#server/runtime/platform/dynamo.ts';
import { createRandom } from '#server/runtime/platform/random.ts';
import type { Report } from '#server/runtime/platform/report.ts';
import { createRegistry } from '#server/runtime/registry.ts';
import { createDirectCaller, createWebCaller } from './callers.ts';
import { carryOutFault } from './carry-out-fault.ts';
import { type ChaosReport, countCommands, type DoneFault } from './chaos-report.ts';
import { checkAll } from './check-all.ts';
import { CHAOS_DOMAINS } from './domains/index.ts';
import { planCommands } from './plan-commands.ts';
import { ALL_FAULTS, type FaultKind, type PlannedFault, planFaults } from './plan-faults.ts';
import { openStage, type Stage, type Started } from './stage.ts';
import { startLoad } from './start-load.ts';
import { watchReads } from './watch-reads.ts';

export type ChaosOptions = {
  readonly seed: number;
  /** For how long faults begin. */
  readonly seconds: number;
  readonly dataDir: string;
  /** Kinds of faults that cannot be done here. */
  readonly leftOut: readonly FaultKind[];
  readonly report: Report;
  /** Aborted when the person wants it to end. */
  readonly signal: AbortSignal;
};

/** For what was under way when the faults ended, and for the views to catch up. */
const ANSWER_TIMEOUT_MS = 60_000;

/**
 * One run: everything is started, commands begin to flow, faults befall it, all is up again, the load
 * stops, the views catch up, and the checks are made. What it started is in `started`, for the caller
 * to stop. Throws what keeps it from running, and the signal's reason.
 */
export async function runChaos(options: ChaosOptions, started: Started): Promise<ChaosReport> {
  const { seed, seconds, dataDir, leftOut, report, signal } = options;
  const startedAt = new Date().toISOString();
  const troubles: string[] = [];
  const onTrouble = (sentence: string) => {
    troubles.push(sentence);
    report(`! ${sentence}`);
  };
  const stage = await openStage(
    { dataDir, random: createRandom(seed + 1), report, onTrouble, signal },
    started,
  );
  const registry = createRegistry(MODULES);
  const dynamo = createDynamo(stage.env);
  const handler = createCommandHandler({
    store: createEventStore(dynamo, registry.aggregates),
    now: () => new Date(),
    onSnapshotError: () => {},
  });
  started.push({ stop: () => handler.close().finally(dynamo.close) });
  const watch = watchReads(
    stage.webUrl,
    createRandom(seed + 2),
    CHAOS_DOMAINS.flatMap(({ reads }) => reads),
  );
  const load = startLoad({
    plan: planCommands(createRandom(seed + 3), `C${seed}`),
    callers: {
      web: await createWebCaller(stage.webUrl, registry),
      direct: createDirectCaller(handler, registry),
    },
    onAnswer: (answer) => answer.kind === 'accepted' && watch.noteWritten(answer.tokens),
  });
  started.push({ stop: () => load.stop(AbortSignal.abort()) }, { stop: watch.stop });
  await load.warm;
  report(`The load runs; faults for ${seconds} s`);

  const kinds = ALL_FAULTS.filter((kind) => !leftOut.includes(kind));
  const plan = planFaults(createRandom(seed), seconds, kinds);
  const faults = await carryOut(stage, plan, report, signal);
  report('No more faults: everything is up');
  const faultsEndedAt = performance.now();
  await load.stop(AbortSignal.timeout(ANSWER_TIMEOUT_MS));
  await stage.proxy.drained();
  await load.confirm(AbortSignal.timeout(ANSWER_TIMEOUT_MS));
  await handler.close();
  const { commands } = load;
  const reads = await watch.stop();
  report('The load has ended; waiting for the views');
  const { checks, settledAt } = await checkAll({ stage, commands, reads, troubles });
  return {
    seed,
    seconds,
    startedAt,
    isClean: checks.every(({ problems }) => problems.length === 0),
    faults,
    leftOut,
    wire: stage.proxy.counts,
    commands: countCommands(commands),
    reads: { eventual: reads.eventual, waited: reads.waited, unanswered: reads.unanswered },
    settledAfterSeconds: (settledAt - faultsEndedAt) / 1_000,
    checks,
  };
}

/** Begins each fault at its time; resolves when all are over, and whoever was hit runs again. */
async function carryOut(
  stage: Stage,
  plan: readonly PlannedFault[],
  report: Report,
  signal: AbortSignal,
): Promise<DoneFault[]> {
  const beganAt = performance.now();
  const carriedOut: Promise<DoneFault>[] = [];
  for (const fault of plan) {
    const dueMs = Math.max(0, fault.atMs - (performance.now() - beganAt));
    await sleep(dueMs, undefined, { signal });
    const at = Math.round((performance.now() - beganAt) / 100) / 10;
    const carrying = carryOutFault(stage, fault).then((what) => {
      report(`${at.toFixed(1).padStart(6)} s  ${what}`);
      return { at, kind: fault.kind, what };
    });
    // It may fail while later ones are still waited for; it is heard of below.
    carrying.catch(() => {});
    carriedOut.push(carrying);
  }
  const done = await Promise.all(carriedOut);
  const { workers, web, postgresql, dynamodb } = stage;
  await Promise.all([...workers, web, postgresql, dynamodb].map((part) => part.idle()));
  return done;
}
