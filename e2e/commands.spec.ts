import {
  type CommandLabel,
  gotoAccount,
  lastCommand,
  openAccount,
  openForm,
  readAccount,
  readVisibleMs,
  send,
} from './account-steps.ts';
import { expect, test } from './fixtures.ts';
import { runOps } from './run-ops.ts';

test('a deposit stands on the page as soon as the projections have it', async ({
  page,
  request,
}) => {
  const accountId = await openAccount();
  await gotoAccount(page, accountId);
  const form = await openForm(page, 'Deposit');
  await expect(form.getByLabel('Amount')).toBeFocused();
  await send(form, 'Deposit', { Amount: '1,200.50 EUR', Description: 'Salary', From: 'ACME Ltd' });

  await expect(form).toBeHidden();
  await expect(page.getByTestId('balance')).toHaveText('1,200.50 EUR');
  await expect(lastCommand(page)).toContainText(
    /Visible in \d+ ms: accepted \d+ ms, projected and shown \d+ ms/,
  );
  await expect(page.getByText(/Median \d+ ms over 1 command of this visit/)).toBeVisible();
  const row = page.getByRole('row').nth(1);
  await expect(row).toContainText('Salary');
  await expect(row).toContainText('ACME Ltd');
  await expect(row).toContainText('1,200.50');
  await expect(page.getByRole('region', { name: 'account-balances' })).toContainText('1,200.50');
  expect(await readAccount(request, accountId)).toMatchObject({ balance: '120050', version: 2 });

  await page.getByRole('tab', { name: 'Timeline' }).click();
  await expect(page.getByRole('article', { name: 'Event 2' })).toContainText(
    'Deposited 1,200.50 EUR',
  );
});

test('the page measures how long each balance took, and the median of the visit', async ({
  page,
}) => {
  const accountId = await openAccount();
  await gotoAccount(page, accountId);
  const times: number[] = [];
  for (let count = 1; count <= 9; count += 1) {
    await send(await openForm(page, 'Deposit'), 'Deposit', { Amount: '1' });
    await expect(page.getByTestId('balance')).toHaveText(`${count}.00 EUR`);
    await expect(page.getByText(new RegExp(`over ${count} command`))).toBeVisible();
    times.push(await readVisibleMs(page));
  }
  const median = times.sort((a, b) => a - b)[4];
  await expect(page.getByText(`Median ${median} ms over 9 commands of this visit`)).toBeVisible();
  // The figure is for the reader of the log: how fast a machine is, no test decides.
  console.log(`Visible after ${times.join(', ')} ms, ${median} ms at the median`);
});

test('a withdrawal, a transfer and a closing', async ({ page, request }) => {
  const [from, to] = await Promise.all([openAccount({ overdraft: '50.00' }), openAccount()]);
  await gotoAccount(page, from);
  await send(await openForm(page, 'Withdraw'), 'Withdraw', { Amount: '20', To: 'Landlord' });
  await expect(page.getByTestId('balance')).toHaveText('-20.00 EUR');
  await expect(page.getByText('30.00 available')).toBeVisible();

  const close = page.getByRole('button', { name: 'Close', exact: true });
  await expect(close).toBeDisabled();
  await expect(close).toHaveAccessibleDescription(/The balance is -20.00 EUR/);

  const form = await openForm(page, 'Transfer');
  await form.getByLabel('To account').fill(`test ${to}`);
  await page.getByRole('option', { name: to }).click();
  await send(form, 'Transfer', { Amount: '10', Description: 'Rent' });
  await expect(page.getByTestId('balance')).toHaveText('-30.00 EUR');
  await page.getByRole('row').nth(1).getByRole('link', { name: to }).click();
  await expect(page.getByTestId('balance')).toHaveText('10.00 EUR');

  await send(await openForm(page, 'Transfer'), 'Transfer', { 'To account': from, Amount: '10' });
  await expect(page.getByTestId('balance')).toHaveText('0.00 EUR');
  const closing = await openForm(page, 'Close');
  await expect(closing).toContainText('takes no deposits, withdrawals or transfers any more');
  await closing.getByLabel('Reason').fill('Moved away');
  await closing.getByRole('button', { name: 'Close account' }).click();
  await expect(page.getByText('Closed', { exact: true }).first()).toBeVisible();
  const deposit = page.getByRole('button', { name: 'Deposit', exact: true });
  await expect(deposit).toBeDisabled();
  await expect(deposit).toHaveAccessibleDescription(/closed on/);
  expect(await readAccount(request, to)).toMatchObject({ status: 'closed', version: 4 });
});

test('pressing twice is one command', async ({ page, request }) => {
  const accountId = await openAccount();
  await gotoAccount(page, accountId);
  const form = await openForm(page, 'Deposit');
  await form.getByLabel('Amount').fill('5');
  await form.getByRole('button', { name: 'Deposit', exact: true }).dblclick();
  await expect(page.getByTestId('balance')).toHaveText('5.00 EUR');
  expect(await readAccount(request, accountId)).toMatchObject({ balance: '500', version: 2 });
});

test.describe('after an answer that was lost', () => {
  test.use({ expectedErrors: [/Failed to load resource/] });

  test('sending again is the same command, and another content is refused', async ({
    page,
    request,
  }) => {
    const accountId = await openAccount();
    await gotoAccount(page, accountId);
    const form = await openForm(page, 'Deposit');
    await page.route(`**/accounts/${accountId}*`, async (route) => {
      if (route.request().method() === 'POST') {
        await route.fetch();
        await route.abort();
      } else {
        await route.continue();
      }
    });
    await send(form, 'Deposit', { Amount: '5' });
    // Beside it, the form may say that it does not know yet what the balance will be.
    const refusal = (text: string | RegExp) => form.getByRole('alert').filter({ hasText: text });
    await expect(refusal('No answer came')).toBeVisible();
    await page.unroute(`**/accounts/${accountId}*`);

    await send(form, 'Deposit', { Amount: '7' });
    await expect(refusal(/another|different|already/i)).toBeVisible();
    await send(form, 'Deposit', { Amount: '5' });
    await expect(form).toBeHidden();
    await expect(page.getByTestId('balance')).toHaveText('5.00 EUR');
    expect(await readAccount(request, accountId)).toMatchObject({ balance: '500', version: 2 });
  });
});

test.describe('after a deployment', () => {
  test.use({ expectedErrors: [/409/] });

  test('a form of the old page says to reload, and keeps what was typed', async ({
    page,
    request,
  }) => {
    const accountId = await openAccount();
    await gotoAccount(page, accountId);
    const form = await openForm(page, 'Deposit');
    await page.route(`**/accounts/${accountId}*`, async (route) => {
      const headers = route.request().headers();
      const isAction = headers['next-action'] !== undefined;
      // An id that no action of the server's has.
      await route.continue(
        isAction ? { headers: { ...headers, 'next-action': '7f'.repeat(21) } } : {},
      );
    });
    await send(form, 'Deposit', { Amount: '12.34' });
    await expect(form.getByRole('alert').filter({ hasText: 'Reload the page' })).toBeVisible();
    await page.unroute(`**/accounts/${accountId}*`);
    await page.reload();
    const again = page.getByRole('dialog');
    await expect(again.getByLabel('Amount')).toHaveValue('12.34');
    await again.getByRole('button', { name: 'Deposit', exact: true }).click();
    await expect(page.getByTestId('balance')).toHaveText('12.34 EUR');
    expect(await readAccount(request, accountId)).toMatchObject({ version: 2 });
  });
});

type Wrong = {
  what: string;
  label: CommandLabel;
  inputs: Record<string, string>;
  /** The label of the input that the error stands at. */
  at: string;
  says: RegExp;
};

const wrongInputs: Wrong[] = [
  {
    what: 'an unknown account',
    label: 'Transfer',
    inputs: { 'To account': 'NOBODY-1', Amount: '1' },
    at: 'To account',
    says: /There is no account NOBODY-1/,
  },
  {
    what: 'a number that no account can have',
    label: 'Transfer',
    inputs: { 'To account': '???', Amount: '1' },
    at: 'To account',
    says: /account/i,
  },
  {
    what: 'a negative deposit',
    label: 'Deposit',
    inputs: { Amount: '-5' },
    at: 'Amount',
    says: /above zero; this one is -5.00 EUR/,
  },
  {
    what: 'a negative withdrawal',
    label: 'Withdraw',
    inputs: { Amount: '-0.01' },
    at: 'Amount',
    says: /above zero; this one is -0.01 EUR/,
  },
  {
    what: 'a fraction of a cent',
    label: 'Deposit',
    inputs: { Amount: '1.005' },
    at: 'Amount',
    says: /“1.005” has 3 decimals, but EUR has 2/,
  },
  {
    what: 'less than a cent',
    label: 'Withdraw',
    inputs: { Amount: '0.001 EUR' },
    at: 'Amount',
    says: /“0.001” has 3 decimals, but EUR has 2/,
  },
  {
    what: 'dollars into a euro account',
    label: 'Deposit',
    inputs: { Amount: '5.00 USD' },
    at: 'Amount',
    says: /is kept in EUR; the amount is in USD/,
  },
  {
    what: 'yen out of a euro account',
    label: 'Withdraw',
    inputs: { Amount: '5 JPY' },
    at: 'Amount',
    says: /is kept in EUR; the amount is in JPY/,
  },
  {
    what: 'a withdrawal over the overdraft limit',
    label: 'Withdraw',
    inputs: { Amount: '30.01' },
    at: 'Amount',
    says: /30.00 EUR are available, 30.01 EUR were asked for/,
  },
  {
    what: 'a text that is no amount',
    label: 'Deposit',
    inputs: { Amount: 'twelve' },
    at: 'Amount',
    says: /“twelve” is not an amount/,
  },
  {
    what: 'no amount at all',
    label: 'Deposit',
    inputs: { Amount: '' },
    at: 'Amount',
    says: /An amount is needed/,
  },
  {
    what: 'a huge description',
    label: 'Deposit',
    inputs: { Amount: '1', Description: 'x'.repeat(201) },
    at: 'Description',
    says: /has 201 characters; at most 200/,
  },
  {
    what: 'a huge counterparty',
    label: 'Withdraw',
    inputs: { Amount: '1', To: 'x'.repeat(50_000) },
    at: 'To',
    says: /has 50000 characters; at most 200/,
  },
];

test('every wrong input is named at its field, and writes nothing', async ({ page, request }) => {
  const accountId = await openAccount({ overdraft: '20.00' });
  await runOps('deposit', '--account', accountId, '--amount', '10', '--currency', 'EUR');
  await gotoAccount(page, accountId);
  for (const { what, label, inputs, at, says } of wrongInputs) {
    await test.step(what, async () => {
      const form = await openForm(page, label);
      await send(form, label, inputs);
      const input = form.getByLabel(at);
      await expect(input).toHaveAccessibleDescription(says);
      await expect(input).toHaveAttribute('aria-invalid', 'true');
      await expect(input).toBeFocused();
      expect(await readAccount(request, accountId)).toMatchObject({ balance: '1000', version: 2 });
      await form.getByRole('button', { name: 'Cancel' }).click();
      await expect(form).toBeHidden();
    });
  }
});

test('a transfer beyond what is available, and one to itself', async ({ page, request }) => {
  const [from, to] = await Promise.all([openAccount(), openAccount()]);
  await gotoAccount(page, from);
  const form = await openForm(page, 'Transfer');
  await send(form, 'Transfer', { 'To account': to, Amount: '0.01' });
  await expect(form.getByLabel('Amount')).toHaveAccessibleDescription(
    /0.00 EUR are available, 0.01 EUR were asked for/,
  );
  await send(form, 'Transfer', { 'To account': from });
  await expect(form.getByLabel('To account')).toHaveAccessibleDescription(/needs two accounts/);
  expect(await readAccount(request, from)).toMatchObject({ version: 1 });
  expect(await readAccount(request, to)).toMatchObject({ version: 1 });
});

test('an account that was closed meanwhile takes nothing', async ({ page, request }) => {
  const [closed, other] = await Promise.all([openAccount(), openAccount()]);
  await gotoAccount(page, closed);
  const form = await openForm(page, 'Deposit');
  await runOps('close', '--account', closed);
  await send(form, 'Deposit', { Amount: '1' });
  // Where others write much, the form says beside it that its balance may be old.
  const refusal = form.getByRole('alert').filter({ hasText: `Account ${closed} was closed on` });
  await expect(refusal).toBeVisible();

  await runOps('deposit', '--account', other, '--amount', '10', '--currency', 'EUR');
  await gotoAccount(page, other);
  const transfer = await openForm(page, 'Transfer');
  await send(transfer, 'Transfer', { 'To account': closed, Amount: '1' });
  await expect(transfer.getByLabel('To account')).toHaveAccessibleDescription(/was closed on/);
  expect(await readAccount(request, closed)).toMatchObject({ balance: '0', version: 2 });
  expect(await readAccount(request, other)).toMatchObject({ balance: '1000', version: 2 });
});
