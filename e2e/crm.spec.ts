import { randomInt } from 'node:crypto';
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';

const rows = (page: Page, name: string) => page.getByRole('table', { name }).getByRole('row');

/** A change of a client that no other test knows. */
function newChange(fields: Readonly<Record<string, string>>, changeType = 'CREATE') {
  const recordId = `001${String(randomInt(1e11)).padStart(12, '0')}`;
  const ChangeEventHeader = {
    entityName: 'Account',
    recordIds: [recordId],
    changeType,
    commitNumber: 1,
    sequenceNumber: 1,
    commitTimestamp: Date.now(),
  };
  return { recordId, text: JSON.stringify({ payload: { ChangeEventHeader, ...fields } }) };
}

async function addChanges(page: Page, text: string): Promise<void> {
  await page.getByRole('button', { name: 'Add change events' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'Change events' }).fill(text);
  await dialog.getByRole('button', { name: 'Add change events' }).click();
  await expect(dialog).toBeHidden();
}

test('finds clients by words and phrases, and shows one as it came beside what became of it', async ({
  page,
}) => {
  await page.goto('/crm/clients');
  await page.getByRole('searchbox', { name: 'Search clients' }).fill('sohne');
  await expect(page).toHaveURL('/crm/clients?q=sohne');
  await expect(page.getByRole('link', { name: 'Aurora Records' })).toHaveCount(0);
  await page.getByRole('link', { name: 'Echo & Söhne' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Echo & Söhne' })).toBeVisible();
  await page.goto('/crm/contracts/800000000000002AAA');
  const field = rows(page, 'Fields as they came and normalised').filter({ hasText: 'end_date' });
  await expect(field).toContainText('EndDate');
  await expect(field).toContainText('"until further notice" is not a day.');
});

test('takes change events, and keeps what is none with its text until it is settled', async ({
  page,
}) => {
  const name = `Client ${randomInt(1e9)}`;
  const { recordId, text } = newChange({ Name: name });
  const odd = `{"odd":${randomInt(1e9)}}`;
  await page.goto('/crm/clients');
  await addChanges(page, `[${text},${odd}]`);
  await page.goto(`/crm/clients/${recordId}`);
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
  await page.goto('/crm/messages');
  await page.getByRole('searchbox', { name: 'Search messages' }).fill(odd.slice(7, -1));
  await expect(page).toHaveURL(`/crm/messages?q=${odd.slice(7, -1)}`);
  await rows(page, 'Refused messages').filter({ hasText: odd }).getByRole('link').first().click();
  await page.getByRole('button', { name: 'Settle' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'Reason' }).fill('A test');
  await dialog.getByRole('button', { name: 'Settle' }).click();
  await expect(dialog).toBeHidden();
});

test('a changed mapping is tried on real records before it is taken', async ({ page }) => {
  await page.goto('/crm/contracts/mapping');
  const mapping = page.getByRole('textbox', { name: 'Mapping' });
  const text = await mapping.inputValue();
  await mapping.fill(text.replace(/("name": "end_date",[^}]*"type": )"date"/, '$1"text"'));
  await page.getByRole('button', { name: 'Try it' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'would change' })).toBeVisible();
  const change = rows(page, 'What would change').filter({ hasText: '00000118' });
  await expect(change).toContainText('until further notice');
  await mapping.fill('{');
  await page.getByRole('button', { name: 'Try it' }).click();
  await expect(page.getByRole('alert').filter({ hasText: 'not JSON' })).toBeVisible();
});
