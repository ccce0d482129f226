import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import getPort from 'get-port';
import { lastCommand, openAccount, openForm, send } from './account-steps.ts';
import { expect, test } from './fixtures.ts';
import { runOps } from './run-ops.ts';

// An address that is none is refused by the server.
test.use({ expectedErrors: [/400 \(Bad Request\).*\/api\/webhooks\)/] });

test('a deposit is sent to a webhook, fails while the receiver is down, and is sent again by hand', async ({
  page,
}) => {
  const port = await getPort({ host: '127.0.0.1' });
  let status = 200;
  const receiver = createServer((request, response) => {
    request.resume();
    response.writeHead(status, { 'Retry-After': '1' }).end();
  });
  await new Promise<void>((resolve) => receiver.listen(port, '127.0.0.1', resolve));
  const name = `e2e-${randomUUID().slice(0, 8)}`;
  const url = `http://127.0.0.1:${port}/hook`;
  await runOps('webhooks', 'create', '--name', name, '--url', url, '--type', 'MoneyDeposited');
  const accountId = await openAccount();
  const deposit = async (amount: string) => {
    await page.goto(`/accounts/${accountId}`);
    await send(await openForm(page, 'Deposit'), 'Deposit', { Amount: amount });
    await expect(lastCommand(page)).toContainText('Visible in');
    await page.goto(`/webhooks?webhook=${name}`);
  };
  const rows = page.getByRole('table', { name: `Deliveries of ${name}` }).getByRole('row');
  const webhook = page.getByRole('table', { name: 'Webhooks' }).getByRole('row').filter({
    hasText: name,
  });

  await deposit('7.00');
  await expect(rows.filter({ hasText: accountId }).first()).toContainText('Taken, 200');
  await expect(webhook).toContainText('Up to date');
  status = 503;
  await deposit('8.00');
  await expect(rows.nth(1)).toContainText('Failed, 503');
  await expect(webhook).toContainText('Fails, is tried again');
  await expect(webhook).toContainText('The receiver answered 503.');
  status = 200;
  await expect(webhook).toContainText('Up to date');
  await rows.last().getByRole('button', { name: 'Redeliver' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'Reason' }).fill('They lost it');
  await dialog.getByRole('button', { name: 'Redeliver' }).click();
  await expect(dialog.getByRole('status')).toContainText('The receiver took it.');
  await runOps('webhooks', 'delete', '--name', name, '--reason', 'The test is over');
  await new Promise((resolve) => receiver.close(resolve));
});

test('a webhook is made in the browser, given another secret, and replayed from a time', async ({
  page,
}) => {
  const name = `e2e-${randomUUID().slice(0, 8)}`;
  await page.goto('/webhooks');
  await page.getByRole('button', { name: 'New webhook' }).click();
  const making = page.getByRole('dialog', { name: 'New webhook' });
  await making.getByRole('textbox', { name: 'Name' }).fill(name);
  await making.getByRole('textbox', { name: 'URL' }).fill('ftp://example.com');
  await making.getByRole('button', { name: 'Make the webhook' }).click();
  await expect(making).toContainText('begins with https:// or http://');
  const topic = 'sns:arn:aws:sns:eu-central-1:123456789012:orders.fifo';
  await making.getByRole('textbox', { name: 'URL' }).fill(topic);
  await making.getByRole('button', { name: 'Make the webhook' }).click();
  await expect(making).toContainText('set PLAYHEAD_OUTBOUND_ENDPOINT');
  await making.getByRole('textbox', { name: 'URL' }).fill('http://127.0.0.1:9/');
  await making.getByRole('radio', { name: /^Entities/ }).check();
  await expect(making.getByRole('combobox', { name: 'Types of events' })).toBeHidden();
  await making.getByRole('combobox', { name: 'Types of aggregates' }).fill('account');
  await making.getByRole('button', { name: 'Make the webhook' }).click();
  await expect(making).toContainText('No module publishes entities of account');
  await making.getByRole('combobox', { name: 'Types of aggregates' }).press('Backspace');
  await making.getByRole('combobox', { name: 'Types of aggregates' }).fill('crm-account');
  await making.getByRole('button', { name: 'Make the webhook' }).click();
  await expect(making).toContainText('whsec_');
  await expect(making.getByRole('button', { name: 'Copy the secret' })).toBeVisible();
  await making.getByRole('button', { name: 'Close' }).last().click();

  const row = page.getByRole('table', { name: 'Webhooks' }).getByRole('row').filter({
    hasText: name,
  });
  await expect(row.getByRole('cell', { name: 'HTTP', exact: true })).toBeVisible();
  await expect(row.getByRole('cell', { name: 'Entities: crm-account' })).toBeVisible();
  await row.getByRole('button', { name: 'New secret' }).click();
  const rotating = page.getByRole('dialog', { name: `New secret of ${name}` });
  await rotating.getByRole('button', { name: 'Make a new secret' }).click();
  await expect(rotating).toContainText('whsec_');
  await page.keyboard.press('Escape');

  await row.getByRole('button', { name: 'Replay' }).click();
  const replaying = page.getByRole('dialog', { name: `Replay to ${name} from a time` });
  await replaying.getByRole('textbox', { name: 'From' }).fill('2020-01-01 00:00');
  await expect(replaying.getByRole('status')).toContainText('that are meant for it');
  await replaying.getByRole('textbox', { name: 'Reason' }).fill('It lost everything');
  await replaying.getByRole('button', { name: 'Replay' }).click();
  await expect(replaying.getByRole('status')).toContainText('are sent again');
  await runOps('webhooks', 'delete', '--name', name, '--reason', 'The test is over');
});
