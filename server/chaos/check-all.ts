import { setTimeout as sleep } from 'node:timers/promises';
import { MODULES } from '#server/modules/index.ts';
import { createEventStore } from '#server/runtime/event-store/create-event-store.ts';
import { createDynamo } from '#server/runtime/platform/dynamo.ts';
import { createPostgres } from '#server/runtime/platform/postgres.ts';
import { getLiveWorkers } from '#server/runtime/platform/worker-heartbeat.ts';
import { createRegistry } from '#server/runtime/registry.ts';
import type { Check } from './checks/check.ts';
import { checkAnswers } from './checks/check-answers.ts';
import { checkCommands } from './checks/check-commands.ts';
import { checkDecisions } from './checks/check-decisions.ts';
import { checkDeadLetters, checkStatuses } from './checks/check-delivery.ts';
import { checkJournal } from './checks/check-journal.ts';
import { checkLeases } from './checks/check-leases.ts';
import { checkSequences } from './checks/check-sequences.ts';
import { checkViews } from './checks/check-views.ts';
import { readWorld } from './checks/world.ts';
import { outcomeOf, type SentCommand, tokensOf } from './command-log.ts';
import { CHAOS_DOMAINS } from './domains/index.ts';
import { checkOddRecords, removeOddRecords } from './odd-records.ts';
import type { Stage } from './stage.ts';
import { waitUntilSettled } from './wait-until-settled.ts';
import type { Reads } from './watch-reads.ts';

/** For every view to catch up, once nothing disturbs it any more. */
const SETTLE_TIMEOUT_MS = 120_000;

const TAKE_OVER_TIMEOUT_MS = 15_000;
const LOOK_AGAIN_MS = 200;

/** Waits for the views, past the fault proxy, and makes every check. */
export async function checkAll({
  stage,
  commands,
  reads,
  troubles,
}: {
  readonly stage: Stage;
  readonly commands: readonly SentCommand[];
  readonly reads: Reads;
  /** What went wrong with processes without having been done to them. */
  readonly troubles: readonly string[];
}): Promise<{ readonly checks: Check[]; readonly settledAt: number }> {
  const dynamo = createDynamo(stage.directEnv);
  const postgres = createPostgres(stage.directEnv, { application: 'chaos', max: 8 });
  const registered = createRegistry(MODULES);
  const store = createEventStore(dynamo, registered.aggregates);
  const deps = { store, registered, dynamo, db: postgres.db };
  try {
    const tokens = commands.map(outcomeOf).flatMap(tokensOf);
    const timeout = AbortSignal.timeout(SETTLE_TIMEOUT_MS);
    // A command brings at least one event to each aggregate that it names a token of.
    const behind = await waitUntilSettled(deps, tokens.length, timeout);
    const settledAt = performance.now();
    const oddRecords = await untilContent(() => checkOddRecords(deps));
    await removeOddRecords(deps);
    const world = await readWorld(deps);
    const begun = new Set(tokens.map(({ aggregateId }) => aggregateId));
    const findLeases = async () => {
      const live = await getLiveWorkers(dynamo, new Date());
      const pids = stage.workers.map((worker) => worker.pid());
      const mine = live.filter(({ pid }) => pids.includes(pid));
      return checkLeases(
        deps,
        mine.map(({ workerId }) => workerId),
      );
    };
    const checks = [
      checkAnswers(commands),
      checkCommands(commands, world),
      checkSequences(world),
      checkDecisions(commands, world, deps),
      ...CHAOS_DOMAINS.flatMap(({ check }) => check?.(commands, world) ?? []),
      { name: 'every view has caught up', figure: `${tokens.length} events`, problems: behind },
      checkJournal(world),
      oddRecords,
      await checkViews(deps, begun.size),
      await checkDeadLetters(deps),
      await untilContent(() => checkStatuses(deps)),
      await untilContent(findLeases),
      {
        name: 'reads never went back',
        figure: `${reads.eventual + reads.waited} reads`,
        problems: reads.problems,
      },
      {
        name: 'no process ended by itself',
        figure: `${stage.workers.length + 3} processes`,
        problems: troubles,
      },
    ];
    return { checks, settledAt };
  } finally {
    dynamo.close();
    await postgres.close();
  }
}

/** Workers report once a second, and what a dead one held is free after some seconds: not at once. */
async function untilContent(look: () => Promise<Check>): Promise<Check> {
  const timeout = AbortSignal.timeout(TAKE_OVER_TIMEOUT_MS);
  for (;;) {
    const check = await look();
    if (check.problems.length === 0 || timeout.aborted) {
      return check;
    }
    await sleep(LOOK_AGAIN_MS);
  }
}
