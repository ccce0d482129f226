import { setTimeout as sleep } from 'node:timers/promises';
import { createEventStore } from '#server/event-store/create-event-store.ts';
import { createDynamo } from '#server/platform/dynamo.ts';
import { createPostgres } from '#server/platform/postgres.ts';
import { getLiveWorkers } from '#server/platform/worker-heartbeat.ts';
import type { Check } from './checks/check.ts';
import { checkAnswers } from './checks/check-answers.ts';
import { checkCommands } from './checks/check-commands.ts';
import { checkDeadLetters, checkStatuses } from './checks/check-delivery.ts';
import { checkJournal } from './checks/check-journal.ts';
import { checkLeases } from './checks/check-leases.ts';
import { checkMoney } from './checks/check-money.ts';
import { checkSequences } from './checks/check-sequences.ts';
import { checkViews } from './checks/check-views.ts';
import { readWorld } from './checks/world.ts';
import { outcomeOf, type SentCommand } from './command-log.ts';
import { checkOddRecords, removeOddRecords } from './odd-records.ts';
import type { Stage } from './stage.ts';
import { waitUntilSettled } from './wait-until-settled.ts';
import type { Reads } from './watch-reads.ts';

/** For every view to catch up, once nothing disturbs it any more. */
const SETTLE_PATIENCE_MS = 120_000;

const TAKE_OVER_PATIENCE_MS = 15_000;
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
  const store = createEventStore(dynamo);
  const deps = { store, dynamo, db: postgres.db };
  try {
    const accepted = commands.filter((command) => outcomeOf(command)?.kind === 'accepted');
    const events = accepted.flatMap(({ planned }) => (planned.verb === 'transfer' ? [1, 1] : [1]));
    const patience = AbortSignal.timeout(SETTLE_PATIENCE_MS);
    const behind = await waitUntilSettled(deps, events.length, patience);
    const settledAt = performance.now();
    const oddRecords = await untilContent(() => checkOddRecords(deps));
    await removeOddRecords(deps);
    const world = await readWorld(deps);
    const opened = accepted.filter(({ planned }) => planned.verb === 'openAccount');
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
      checkMoney(commands, world),
      { name: 'every view has caught up', figure: `${events.length} events`, problems: behind },
      checkJournal(world),
      oddRecords,
      await checkViews(deps, opened.length),
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
  const patience = AbortSignal.timeout(TAKE_OVER_PATIENCE_MS);
  for (;;) {
    const check = await look();
    if (check.problems.length === 0 || patience.aborted) {
      return check;
    }
    await sleep(LOOK_AGAIN_MS);
  }
}
