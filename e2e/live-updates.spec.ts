import type { Request } from '@playwright/test';
import { createTcpProxy } from '#server/testing/tcp-proxy.ts';
import { gotoAccount, openAccount } from './account-steps.ts';
import { expect, test } from './fixtures.ts';
import { runOps } from './run-ops.ts';

test('eight tabs share one stream: a browser has six connections to a server', async ({
  context,
}) => {
  test.setTimeout(120_000);
  const accountId = await openAccount();
  const tabs = await Promise.all(Array.from({ length: 8 }, () => context.newPage()));
  for (const tab of tabs) {
    await gotoAccount(tab, accountId);
    await expect(tab.getByRole('button', { name: 'System status: Live' })).toBeVisible();
  }
  await runOps('deposit', '--account', accountId, '--amount', '7.00', '--currency', 'EUR');
  for (const tab of tabs) {
    await expect(tab.getByTestId('balance')).toHaveText('7.00 EUR');
  }
});

test('a stream whose other end has vanished is noticed, and made anew', async ({
  page,
  baseURL,
}) => {
  test.setTimeout(90_000);
  const tunnel = new URL(`http://${process.env.E2E_TUNNEL}`);
  const proxy = await createTcpProxy(baseURL ?? '', Number(tunnel.port));
  // Signed in by that name as well.
  const [{ name, value } = { name: '', value: '' }] = await page.context().cookies(baseURL ?? '');
  await page.context().addCookies([{ name, value, domain: tunnel.hostname, path: '/' }]);
  try {
    const scripts = new Set<Request>();
    // The end of a worker's own script is never told.
    const isScript = (url: string) => /\/_next\/static\/(?!.*-worker-)/.test(url);
    page.on('request', (request) => isScript(request.url()) && scripts.add(request));
    page.on('requestfinished', (request) => scripts.delete(request));
    page.on('requestfailed', (request) => scripts.delete(request));
    await page.goto(`${tunnel}projections`);
    const status = page.getByRole('button', { name: /^System status/ });
    await expect(status).toHaveAccessibleName('System status: Live');
    // What comes while the browser is idle has come: six answers that hang are all that it waits for.
    await page.evaluate(() => new Promise((resolve) => requestIdleCallback(resolve)));
    await expect.poll(() => [...scripts].map((each) => each.url())).toEqual([]);
    proxy.freeze();
    await status.click();
    const part = page.getByRole('dialog', { name: 'System status' }).getByRole('listitem').first();
    await expect(part).toContainText('Reconnecting', { timeout: 40_000 });
    proxy.restore();
    await expect(part).toContainText('Connected', { timeout: 40_000 });
  } finally {
    await proxy.close();
  }
});
