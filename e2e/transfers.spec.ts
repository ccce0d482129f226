import { gotoAccount, openAccount, openForm, readAccount, send } from './account-steps.ts';
import { expect, test } from './fixtures.ts';
import { accept, invite } from './invite.ts';

// Who may only see the bank has no overview, on which a sign-in ends.
test.use({ expectedErrors: [/403/] });

test('a large transfer is booked when somebody else approves it', async ({
  page,
  browser,
  request,
}) => {
  const [from, to] = [await openAccount({ overdraft: '10000.00' }), await openAccount()];
  await gotoAccount(page, from);
  const form = await openForm(page, 'Transfer');
  await form.getByLabel('To account').fill(to);
  await form.getByLabel('Amount').fill('10000.00');
  await expect(form.getByText(/From 10,000\.00 EUR on, a transfer is proposed/)).toBeVisible();
  await send(form, 'Transfer', { Description: 'A car' });
  await page.getByRole('link', { name: 'transfers to approve' }).click();

  const rowOf = (where: typeof page) => where.getByRole('row').filter({ hasText: from });
  await expect(rowOf(page)).toContainText('Waits for approval');
  await expect(rowOf(page).getByRole('button', { name: 'Approve' })).toHaveAccessibleDescription(
    /You have proposed this transfer/,
  );
  expect(await readAccount(request, from)).toMatchObject({ balance: '0' });

  const { id, link } = await invite(browser, 'bank:view', 'bank:operations');
  const context = await browser.newContext({ storageState: { cookies: [], origins: [] } });
  const other = await context.newPage();
  await accept(other, link);
  await other.goto(`/transfers?q=${from}`);
  await rowOf(other).getByRole('button', { name: 'Approve' }).click();
  const dialog = other.getByRole('dialog', { name: `Approve 10,000.00 EUR from ${from} to ${to}` });
  await dialog.getByRole('button', { name: 'Approve transfer' }).click();
  await expect(rowOf(other)).toContainText('Approved');
  await expect(rowOf(other)).toContainText(id);
  await context.close();
  expect(await readAccount(request, to)).toMatchObject({ balance: '1000000' });
});
