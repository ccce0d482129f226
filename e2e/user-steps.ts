import { randomBytes } from 'node:crypto';
import { expect, type Page } from '@playwright/test';

/** Somebody as the form of a registration takes them. */
export type Person = { readonly id: string; readonly name: string; readonly email: string };

/** Somebody that no other test knows. */
export function newPerson(): Person {
  const id = `e2e-${randomBytes(5).toString('hex')}`;
  return { id, name: `Person ${id}`, email: `${id}@playhead.example` };
}

/** Fills the form of a registration, and sends it. */
export async function fillRegistration(page: Page, { id, name, email }: Person) {
  const dialog = page.getByRole('dialog', { name: 'Register a user' });
  await dialog.getByRole('textbox', { name: 'User id' }).fill(id);
  await dialog.getByRole('textbox', { name: 'E-mail address' }).fill(email);
  await dialog.getByRole('textbox', { name: 'Name', exact: true }).fill(name);
  await dialog.getByRole('button', { name: 'Register user' }).click();
  return dialog;
}

/** Registers somebody, and ends on their page. */
export async function register(page: Page): Promise<Person> {
  const person = newPerson();
  await page.goto('/users?command=RegisterUser');
  await fillRegistration(page, person);
  await expect(page).toHaveURL(`/users/${person.id}`);
  await expect(page.getByRole('heading', { level: 1, name: person.name })).toBeVisible();
  return person;
}

/** Chooses permissions in the form, and sends it. */
export async function changePermissions(
  page: Page,
  choices: { grant?: string[]; revoke?: string[] },
) {
  await page.getByRole('button', { name: 'Change permissions' }).click();
  const dialog = page.getByRole('dialog');
  for (const permission of [...(choices.grant ?? []), ...(choices.revoke ?? [])]) {
    await dialog.getByRole('checkbox', { name: permission, exact: true }).check();
  }
  await dialog.getByRole('button', { name: 'Change permissions' }).click();
  await expect(dialog).toBeHidden();
}
