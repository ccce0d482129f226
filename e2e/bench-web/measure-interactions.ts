import type { Page } from '@playwright/test';
import type { Interaction } from './bench-page.ts';
import { takeLatencies, watchInteractions } from './page-watches.ts';

const ROUNDS = 5;

/**
 * The worst latency of each round in which the interaction is done, in milliseconds. The first one is
 * kept apart: it may have to load what it opens.
 */
export async function measureInteraction(
  page: Page,
  { run }: Interaction,
): Promise<{ readonly first: number; readonly later: readonly number[] }> {
  await page.evaluate(watchInteractions);
  const rounds: number[] = [];
  for (let round = 0; round <= ROUNDS; round += 1) {
    await run(page);
    await page.waitForTimeout(300);
    rounds.push(Math.max(8, ...(await page.evaluate(takeLatencies))));
  }
  const [first = 0, ...later] = rounds;
  return { first, later };
}
