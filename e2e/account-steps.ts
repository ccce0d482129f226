import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type APIRequestContext, expect, type Locator, type Page } from '@playwright/test';
import { z } from 'zod';
import { accountAnswerSchema } from '#lib/modules/bank/queries.ts';
import { runOps } from './run-ops.ts';

/** The labels of an account's page, as their buttons are called. */
export type CommandLabel = 'Deposit' | 'Withdraw' | 'Transfer';

/** Opens an account that no other test knows, and returns its id. */
export async function openAccount({ overdraft = '0', currency = 'EUR' } = {}): Promise<string> {
  const account = newAccountId();
  const owner = `Test ${account}`;
  const options = Object.entries({ account, owner, currency, overdraft });
  await runOps('open', ...options.flatMap(([name, value]) => [`--${name}`, value]));
  return account;
}

/** An account with a booked history: `events` of them, its opening included, one an hour or so. */
export async function importAccount(events: number, run = runOps): Promise<string> {
  const accountId = newAccountId();
  const columns =
    'account_id,date,trans_id,direction,operation,amount,balance_after,purpose,counterparty_bank,counterparty_account';
  const first = Date.UTC(2024, 0, 1);
  const rows = Array.from({ length: events - 1 }, (_, index) => {
    const date = new Date(first + Math.floor(index / 20) * 86_400_000).toISOString().slice(0, 10);
    const [direction, operation] =
      index % 3 === 2 ? ['withdrawal', 'cash-out'] : ['deposit', 'cash-in'];
    return `${accountId},${date},${accountId}${index},${direction},${operation},${(index % 50) + 1}.00,0.00,,,`;
  });
  const directory = await mkdtemp(join(tmpdir(), 'playhead-e2e-import-'));
  try {
    const path = join(directory, 'statement.csv');
    await writeFile(path, [columns, ...rows].join('\n'));
    await run('import', path, '--currency', 'EUR', '--overdraft', '100000.00');
  } finally {
    await rm(directory, { recursive: true });
  }
  return accountId;
}

function newAccountId(): string {
  return `E2E${randomUUID().replaceAll('-', '').slice(0, 12).toUpperCase()}`;
}

/** Opens the account's page and waits for its balance. */
export async function gotoAccount(page: Page, accountId: string, search = ''): Promise<void> {
  await page.goto(`/accounts/${accountId}${search}`);
  await expect(page.getByTestId('balance')).toBeVisible();
}

/** Opens a command's form. */
export async function openForm(page: Page, label: CommandLabel | 'Close'): Promise<Locator> {
  await page.getByRole('button', { name: label, exact: true }).click();
  const form = page.getByRole('dialog');
  await expect(form).toBeVisible();
  return form;
}

/** Fills a command's form by its labels and sends it. */
export async function send(form: Locator, label: CommandLabel, inputs: Record<string, string>) {
  for (const [label, value] of Object.entries(inputs)) {
    await form.getByLabel(label).fill(value);
  }
  await form.getByRole('button', { name: label, exact: true }).click();
}

/** What the page says about its newest command. */
export function lastCommand(page: Page): Locator {
  return page.getByRole('status', { name: 'Last command' });
}

/** The account as the event store has it. */
export async function readAccount(request: APIRequestContext, accountId: string) {
  const response = await request.get(`/api/accounts/${accountId}?consistency=strong`);
  return accountAnswerSchema.parse(await response.json()).account;
}

/** The milliseconds of "Visible in 84 ms: …". */
export async function readVisibleMs(page: Page): Promise<number> {
  const text = await lastCommand(page).textContent();
  return z.coerce.number().parse(/Visible in (\d+) ms/.exec(text ?? '')?.[1]);
}
