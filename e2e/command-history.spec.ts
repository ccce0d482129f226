import { gotoAccount, lastCommand, openAccount, openForm, send } from './account-steps.ts';
import { expect, test } from './fixtures.ts';

test('a command that was refused is found with the rule that it failed', async ({ page }) => {
  const accountId = await openAccount();
  await gotoAccount(page, accountId);
  const form = await openForm(page, 'Withdraw');
  await form.getByLabel('Amount').fill('99');
  await form.getByRole('button', { name: 'Dry run' }).click();
  const dryRun = form.getByRole('status', { name: 'Dry run' });
  await expect(dryRun).toContainText('Would be refused: OVERDRAFT_LIMIT_EXCEEDED');
  await send(form, 'Withdraw', { Amount: '99' });
  await expect(form.getByLabel('Amount')).toHaveAccessibleDescription(/overdraft limit/);

  await page.goto(`/commands?aggregate=account%23${accountId}`);
  const row = page.getByRole('row').filter({ hasText: 'OVERDRAFT_LIMIT_EXCEEDED' });
  await expect(row).toContainText('Rejected');
  await expect(row.getByRole('link', { name: accountId })).toBeVisible();
  await page.getByRole('radiogroup', { name: 'Outcome' }).getByText('Accepted').click();
  await expect(row).toBeHidden();
  await page.goBack();
  await row.getByRole('link', { name: 'Withdraw' }).click();
  const drawer = page.getByRole('dialog');
  await expect(drawer).toContainText('OVERDRAFT_LIMIT_EXCEEDED');
  await expect(drawer).toContainText('a command that is refused changes nothing');
  // The address alone shows the same.
  await page.reload();
  await expect(drawer).toContainText('OVERDRAFT_LIMIT_EXCEEDED');
});

test('an accepted command tells its journey to every view, and a transfer its trace', async ({
  page,
}) => {
  const [from, to] = await Promise.all([openAccount({ overdraft: '50.00' }), openAccount()]);
  await gotoAccount(page, from);
  const form = await openForm(page, 'Transfer');
  await form.getByLabel('To account').fill(to);
  await form.getByLabel('Amount').fill('10');
  await form.getByRole('button', { name: 'Dry run' }).click();
  await expect(form.getByRole('status', { name: 'Dry run' })).toContainText(
    `as event 2 of Account ${to}`,
  );
  await send(form, 'Transfer', { 'To account': to, Amount: '10' });
  await expect(lastCommand(page)).toContainText(/Visible in/);
  await page.getByRole('link', { name: 'Journey' }).click();

  const journey = page.getByRole('region', { name: 'Journey' });
  await expect(journey.getByRole('status')).toContainText(/^Visible in all 6 views/);
  for (const station of ['Accepted', 'Stored in DynamoDB', 'Streamed to the journal', 'Accounts']) {
    await expect(journey.getByRole('row', { name: new RegExp(`^${station}`) })).toContainText(
      /\d+ ms/,
    );
  }
  const hot = journey.getByRole('row').filter({ hasText: 'DynamoDB' }).last();
  await expect(hot).toContainText('Not recorded');

  await page.getByRole('dialog').getByRole('link', { name: 'Trace' }).click();
  await expect(page.getByRole('heading', { name: 'Trace', level: 1 })).toBeVisible();
  const graph = page.getByRole('application', { name: /^Trace as a graph/ });
  await expect(graph.getByRole('link', { name: 'Transfer', exact: true })).toBeVisible();
  await page.getByText('List', { exact: true }).click();
  const list = page.getByRole('list', { name: 'Commands and their events' });
  await expect(list.getByRole('link', { name: `Account ${from}` })).toBeVisible();
  await expect(list.getByRole('link', { name: `Account ${to}` })).toBeVisible();
  await page.goBack();
  await expect(graph).toBeVisible();
  // Nothing is exported here, so there is no trace id; where something is, it can be copied.
  await expect(page.getByRole('button', { name: 'Copy trace id' })).toBeHidden();
  await page.route('/api/traces/*', async (route) => {
    const answer = await route.fetch();
    await route.fulfill({
      json: { ...(await answer.json()), traceId: '0af7651916cd43dd8448eb211c80319c' },
    });
  });
  await page.reload();
  await expect(page.getByRole('button', { name: 'Copy trace id' })).toBeVisible();
});
