import type { Page } from '@playwright/test';
import { readFrames, watchFrames } from './page-watches.ts';

const SECONDS = 4;

/** How smoothly a page moved. */
export type Smoothness = {
  readonly framesPerSecond: number;
  /** Milliseconds between two frames, 95th percentile. */
  readonly p95: number;
};

/** Drags the time machine's slider to and fro over the whole history. */
export async function measureScrub(page: Page): Promise<Smoothness> {
  const slider = page.getByRole('slider', { name: /Position/ });
  const box = await slider.boundingBox();
  if (!box) {
    throw new Error('The slider is not on the page.');
  }
  const y = box.y + box.height / 2;
  const toX = (part: number) => box.x + 9 + (box.width - 18) * part;
  await page.mouse.move(toX(1), y);
  await page.mouse.down();
  const smoothness = await measureFrames(page, (elapsed) =>
    page.mouse.move(toX(Math.abs(1 - (elapsed % 2))), y),
  );
  await page.mouse.up();
  return smoothness;
}

/** Scrolls down what is in the middle of the screen with the wheel. */
export async function measureScroll(page: Page): Promise<Smoothness> {
  await page.mouse.move(720, 600);
  return measureFrames(page, () => page.mouse.wheel(0, 120));
}

async function measureFrames(
  page: Page,
  move: (elapsed: number) => Promise<void>,
): Promise<Smoothness> {
  await page.evaluate(watchFrames);
  const startedAt = performance.now();
  let elapsed = 0;
  while (elapsed < SECONDS) {
    await move(elapsed);
    await page.waitForTimeout(8);
    elapsed = (performance.now() - startedAt) / 1_000;
  }
  const frames = await page.evaluate(readFrames);
  const gaps = frames.slice(1).map((at, index) => at - (frames[index] ?? at));
  const sorted = gaps.toSorted((a, b) => a - b);
  const whole = gaps.reduce((sum, gap) => sum + gap, 0);
  return {
    framesPerSecond: (gaps.length / whole) * 1_000,
    p95: sorted[Math.floor(sorted.length * 0.95)] ?? 0,
  };
}
