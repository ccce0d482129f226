import type { BrowserContext, CDPSession, Page } from '@playwright/test';
import type { BenchPage } from './bench-page.ts';
import { readPaints, TO_NAME, watchPaints } from './page-watches.ts';

/** What a first load with an empty cache came to; times are milliseconds from its beginning. */
export type Load = {
  /** Bytes over the wire of the scripts that were asked for before anything was painted. */
  readonly script: number;
  /** Bytes over the wire of all scripts, two seconds after the page was there. */
  readonly allScript: number;
  readonly firstPaint: number;
  readonly largestPaint: number;
  readonly longestTask: number;
  /** How far the page's parts moved: the cumulative layout shift. */
  readonly shift: number;
};

/** A browser's new context, in which the operator is signed in. */
export type NewContext = () => Promise<BrowserContext>;

/** Loads the page in a new context, which has nothing in its cache. */
export async function measureLoad(
  newContext: NewContext,
  url: string,
  of: BenchPage,
): Promise<Load> {
  const context = await newContext();
  try {
    await context.addInitScript(TO_NAME);
    const page = await context.newPage();
    await page.addInitScript(watchPaints);
    const scripts = await recordScripts(await context.newCDPSession(page));
    await page.goto(url, { waitUntil: 'load' });
    await of.ready(page);
    await page.waitForTimeout(2_000);
    const paints = await page.evaluate(readPaints);
    const firstPaintAt = (await readOrigin(page)) + paints.firstPaint;
    const before = scripts().filter(({ askedAt }) => askedAt <= firstPaintAt);
    return { script: sumBytes(before), allScript: sumBytes(scripts()), ...paints };
  } finally {
    await context.close();
  }
}

type Script = { readonly askedAt: number; headers: number; bytes: number };

/** Records each script that the page asks for: when, and how many bytes its body had over the wire. */
async function recordScripts(session: CDPSession): Promise<() => readonly Script[]> {
  const scripts = new Map<string, Script>();
  session.on('Network.requestWillBeSent', ({ requestId, request, wallTime }) => {
    if (new URL(request.url).pathname.endsWith('.js')) {
      scripts.set(requestId, { askedAt: wallTime * 1_000, headers: 0, bytes: 0 });
    }
  });
  session.on('Network.responseReceived', ({ requestId, response }) => {
    const script = scripts.get(requestId);
    if (script) {
      script.headers = response.encodedDataLength;
    }
  });
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    const script = scripts.get(requestId);
    if (script) {
      script.bytes = encodedDataLength - script.headers;
    }
  });
  await session.send('Network.enable');
  return () => [...scripts.values()];
}

function readOrigin(page: Page): Promise<number> {
  return page.evaluate(() => performance.timeOrigin);
}

function sumBytes(scripts: readonly Script[]): number {
  return scripts.reduce((sum, { bytes }) => sum + bytes, 0);
}
