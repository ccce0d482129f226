import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Browser, expect as expectSoon, type Page } from '@playwright/test';
import { TO_NAME } from '../bench-web/page-watches.ts';
import type { OwnPlayhead } from '../start-own.ts';
import type { Picture } from './pictures.ts';

export const SCHEMES = ['light', 'dark'] as const;

/** Of WebP, per cent: letters stay sharp, and a picture has some 50 KB. */
const QUALITY = 80;

const expect = expectSoon.configure({ timeout: 30_000 });

/** Takes each picture in light and in dark, as `<name>-<scheme>.webp` in the folder. */
export async function takePictures(
  browser: Browser,
  { url, signedIn }: Pick<OwnPlayhead, 'url' | 'signedIn'>,
  pictures: readonly Picture[],
  folder: string,
): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const colorScheme of SCHEMES) {
    const context = await browser.newContext({
      ...signedIn,
      viewport: { width: 1440, height: 900 },
      colorScheme,
      // What differs between machines or from moment to moment, as far as it can be told.
      timezoneId: 'UTC',
      locale: 'en-GB',
      reducedMotion: 'reduce',
    });
    await context.addInitScript(TO_NAME);
    const page = await context.newPage();
    for (const { name, path, prepare } of pictures) {
      await page.goto(`${url}${path}`);
      await untilDrawn(page);
      await prepare?.(page);
      await untilDrawn(page);
      await writeFile(join(folder, `${name}-${colorScheme}.webp`), await takePicture(page));
    }
    await context.close();
  }
}

/** Playwright's own screenshots are PNG and JPEG: ten times as large, or blurred around letters. */
async function takePicture(page: Page): Promise<Buffer> {
  const session = await page.context().newCDPSession(page);
  const { data } = await session.send('Page.captureScreenshot', {
    format: 'webp',
    quality: QUALITY,
  });
  await session.detach();
  return Buffer.from(data, 'base64');
}

/** Until nothing is loading any more: neither panels, nor fonts, nor what comes once the browser is idle. */
async function untilDrawn(page: Page): Promise<void> {
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
  await page.evaluate(
    () => new Promise((resolve) => requestIdleCallback(resolve, { timeout: 2_000 })),
  );
  await expect(page.locator('[aria-busy="true"], [data-loading="true"]')).toHaveCount(0);
  await expect(page.getByText('Connecting')).toHaveCount(0);
  // What draws a chart comes after the page.
  await expect(page.locator('div[role="img"]:not(:has(svg))')).toHaveCount(0);
}
