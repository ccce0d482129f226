import { createTcpProxy } from '#server/testing/tcp-proxy.ts';
import { gotoAccount, openAccount, runOps } from './account-steps.ts';
import { expect, test } from './fixtures.ts';

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
  try {
    await page.goto(`${tunnel}projections`);
    const status = page.getByRole('button', { name: /^System status/ });
    await expect(status).toHaveAccessibleName('System status: Live');
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
