import type { Page } from '@playwright/test';
import { percentile } from '#server/bench/statistics.ts';
import { type BenchPage, toBenchPages } from './bench-page.ts';
import { measureScroll, measureScrub } from './measure-frames.ts';
import { measureInteraction } from './measure-interactions.ts';
import { type Load, measureLoad, type NewContext } from './measure-load.ts';
import type { BenchInstance } from './open-bench-instance.ts';
import { TO_NAME } from './page-watches.ts';
import type { PageResult, WebResult } from './web-table.ts';

const LOADS = 3;

/** Measures every page, one after another, and the movements of the long account and of the feed. */
export async function measureWeb(
  newContext: NewContext,
  { url, accountPath }: Pick<BenchInstance, 'url' | 'accountPath'>,
): Promise<Pick<WebResult, 'pages' | 'scrub' | 'timeline' | 'feed'>> {
  const pages: PageResult[] = [];
  for (const page of toBenchPages(accountPath)) {
    pages.push(await measurePage(newContext, `${url}${page.path}`, page));
  }
  const page = await openPage(newContext);
  await page.goto(`${url}${accountPath}?tab=time-machine`);
  await page.getByRole('slider', { name: /Position/ }).waitFor();
  await page.waitForTimeout(2_000);
  const scrub = await measureScrub(page);
  await page.goto(`${url}${accountPath}?tab=timeline`);
  await page.getByRole('article').first().waitFor();
  const timeline = await measureScroll(page);
  await page.goto(`${url}/events`);
  await page.getByRole('table', { name: 'Events' }).locator('tbody tr').first().waitFor();
  const feed = await measureScroll(page);
  await page.close();
  return { pages, scrub, timeline, feed };
}

async function measurePage(
  newContext: NewContext,
  url: string,
  page: BenchPage,
): Promise<PageResult> {
  const loads: Load[] = [];
  for (let round = 0; round < LOADS; round += 1) {
    loads.push(await measureLoad(newContext, url, page));
  }
  const opened = await openPage(newContext);
  await opened.goto(url);
  await page.ready(opened);
  await opened.waitForTimeout(1_000);
  const latencies = await measureLatencies(opened, page);
  await opened.close();
  return { page, load: toMedians(loads), latencies };
}

async function openPage(newContext: NewContext): Promise<Page> {
  const page = await (await newContext()).newPage();
  await page.addInitScript(TO_NAME);
  return page;
}

async function measureLatencies(opened: Page, page: BenchPage): Promise<PageResult['latencies']> {
  const latencies: PageResult['latencies'][number][] = [];
  for (const interaction of page.interactions) {
    const { first, later } = await measureInteraction(opened, interaction);
    latencies.push({ name: interaction.name, first, later: percentile(later, 0.5) });
  }
  return latencies;
}

function toMedians(loads: readonly Load[]): Load {
  const median = (name: keyof Load) =>
    percentile(
      loads.map((load) => load[name]),
      0.5,
    );
  return {
    script: median('script'),
    allScript: median('allScript'),
    firstPaint: median('firstPaint'),
    largestPaint: median('largestPaint'),
    longestTask: median('longestTask'),
    shift: median('shift'),
  };
}
