import type { SharedIds } from './domains/chaos-domain.ts';
import { CHAOS_DOMAINS } from './domains/index.ts';
import { pick, type Random } from './draw.ts';
import type { PlannedCommand } from './planned-command.ts';
import { toUuid } from './to-uuid.ts';

/** How many commands begin what the others are about. */
export const FIRST_COMMANDS = CHAOS_DOMAINS.reduce((sum, { beginnings }) => sum + beginnings, 0);

/**
 * Commands of all modules without an end, always the same ones for the same random numbers: what begins
 * something first, one module after another, then everything mixed by the modules' weights.
 */
export function* planCommands(random: Random, prefix: string): Generator<PlannedCommand, never> {
  const shared: SharedIds = { prefix, templates: [], deprecated: [] };
  const plans = CHAOS_DOMAINS.map((domain) => ({ domain, drafts: domain.plan(random, shared) }));
  // Each module as often as its weight says.
  const drawn = plans.flatMap((plan) => Array.from({ length: plan.domain.weight }, () => plan));
  let count = 0;

  function* takeNext({ domain, drafts }: (typeof plans)[number]): Generator<PlannedCommand, void> {
    for (const [index, draft] of drafts.next().value.entries()) {
      count += 1;
      yield {
        module: domain.module,
        commandId: toUuid(`${prefix}-command-${count}`),
        ...draft,
        via: pick(random, ['web', 'direct'] as const),
        twice: drawTwice(random),
        isRacing: index > 0,
      };
    }
  }

  for (const plan of plans) {
    for (let n = 0; n < plan.domain.beginnings; n += 1) {
      yield* takeNext(plan);
    }
  }
  for (;;) {
    yield* takeNext(pick(random, drawn));
  }
}

function drawTwice(random: Random): PlannedCommand['twice'] {
  const drawn = random();
  return drawn < 0.05 ? 'at-once' : drawn < 0.1 ? 'again' : 'no';
}
