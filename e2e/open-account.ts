import { randomBytes } from 'node:crypto';
import { expect, type Page } from '@playwright/test';

/** An account number that no other test has. */
export function newNumber(): string {
  return `E2E-${randomBytes(5).toString('hex').toUpperCase()}`;
}

/** Fills in and sends the "Open account" dialog, which must be open. */
export async function fillOpenAccount(page: Page, owner: string, number: string): Promise<void> {
  const dialog = page.getByRole('dialog', { name: 'Open an account' });
  await dialog.getByRole('textbox', { name: 'Owner' }).fill(owner);
  await dialog.getByRole('textbox', { name: 'Account number' }).fill(number);
  await dialog.getByRole('button', { name: 'Open account' }).click();
}

/** Opens an account in a page of its own, as somebody else would; returns its number. */
export async function openAccountElsewhere(
  page: Page,
  owner: string,
  number = newNumber(),
): Promise<string> {
  const other = await page.context().newPage();
  await other.goto('/accounts?new=true');
  await fillOpenAccount(other, owner, number);
  await expect(other).toHaveURL(new RegExp(`/accounts/${number}`));
  await other.close();
  return number;
}
