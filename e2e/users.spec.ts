import { expect, type Page } from '@playwright/test';
import { usersPageSchema } from '#lib/modules/users/queries.ts';
import { test } from './fixtures.ts';
import { changePermissions, fillRegistration, newPerson, register } from './user-steps.ts';

const rows = (page: Page, table: string) =>
  page.getByRole('table', { name: table, exact: true }).getByRole('row');

test('finds users by name whatever the accents are, and narrows by status', async ({ page }) => {
  await page.goto('/users');
  const box = page.getByRole('searchbox', { name: 'Search users' });
  await box.fill('sorensen');
  await expect(page).toHaveURL('/users?q=sorensen');
  await expect(rows(page, 'Users')).toHaveCount(2);
  await expect(rows(page, 'Users').nth(1)).toContainText('Greta Sørensen');
  await box.fill('');
  await page.getByRole('button', { name: 'Status', exact: true }).click();
  await page.getByRole('checkbox', { name: /^Deactivated/ }).check();
  await expect(page).toHaveURL('/users?status=deactivated');
  await expect(rows(page, 'Users').filter({ hasText: 'Owen Gallagher' })).toBeVisible();
  await expect(rows(page, 'Users').filter({ hasText: 'Greta' })).toHaveCount(0);
});

test('registers a user, and ends on their page', async ({ page }) => {
  test.setTimeout(240_000);
  await page.goto('/users');
  await page.getByRole('button', { name: 'Register user' }).click();
  await expect(page).toHaveURL('/users?command=RegisterUser');
  const person = newPerson();
  await fillRegistration(page, person);
  await expect(page).toHaveURL(`/users/${person.id}`);
  await expect(page.getByRole('heading', { level: 1, name: person.name })).toBeVisible();
  await expect(page.getByRole('main').getByText(person.email).first()).toBeVisible();
  // Others may write thousands of events meanwhile.
  await expect(page.getByText(/^Up to date · position [\d,]+$/)).toBeVisible({
    timeout: 150_000,
  });
  await page.goto(`/users?q=${person.id}`);
  await expect(rows(page, 'Users').nth(1)).toContainText(person.email);
});

test('an address that somebody has is refused at its field, in any case', async ({ page }) => {
  await page.goto('/users?command=RegisterUser');
  const dialog = await fillRegistration(page, {
    ...newPerson(),
    email: 'Marta.Lindqvist@Playhead.example',
  });
  const email = dialog.getByRole('textbox', { name: 'E-mail address' });
  await expect(email).toHaveAccessibleDescription(/This e-mail address is user-001’s/);
  await expect(email).toHaveAttribute('aria-invalid', 'true');
  await expect(email).toBeFocused();
  const person = newPerson();
  await email.fill(person.email);
  await dialog.getByRole('button', { name: 'Register user' }).click();
  await expect(dialog).toBeHidden();
  await expect(page).toHaveURL(/\/users\/e2e-/);
});

test('edits a profile, and gives the old address back', async ({ page }) => {
  const person = await register(page);
  await page.getByRole('button', { name: 'Edit profile' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('textbox', { name: 'Name' })).toHaveValue(person.name);
  await dialog.getByRole('textbox', { name: 'E-mail address' }).fill(`new-${person.email}`);
  await dialog.getByRole('button', { name: 'Save profile' }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByText(`new-${person.email}`).first()).toBeVisible();

  await page.goto('/users?command=RegisterUser');
  const heir = { ...newPerson(), email: person.email };
  await fillRegistration(page, heir);
  await expect(page).toHaveURL(`/users/${heir.id}`);
});

test('changes permissions, and shows them in the matrix, in its past and in its changes', async ({
  page,
}) => {
  const { id, name } = await register(page);
  await changePermissions(page, { grant: ['bank:view', 'users:commands'] });
  await page.getByRole('tab', { name: 'Permissions' }).click();
  await expect(rows(page, 'Permissions').filter({ hasText: 'users:commands' })).toContainText(
    'local-operator',
  );
  await changePermissions(page, { revoke: ['bank:view'] });
  await expect(rows(page, 'Permissions').filter({ hasText: 'bank:view' })).toHaveCount(0);

  // Until a search is answered, the rows before it stay: only this user's count.
  const mark = (permission: string) =>
    rows(page, 'Permissions')
      .filter({ hasText: name })
      .getByRole('link', { name: `${permission}: granted by local-operator` });
  await page.goto(`/permissions?q=${id}`);
  await expect(mark('users:commands')).toBeVisible();
  await expect(mark('bank:view')).toHaveCount(0);
  await mark('users:commands').hover();
  await expect(page.getByRole('tooltip')).toContainText(
    'users:commands: granted by local-operator on',
  );

  await page.goto(`/permissions/changes?user=${id}`);
  const changes = rows(page, 'Changes of permissions');
  await expect(changes.nth(1)).toContainText('Revoked');
  await expect(changes.nth(1)).toContainText('bank:view');
  await changes.nth(2).getByRole('link').first().click();
  await expect(page).toHaveURL(/\/permissions\?at=/);
  await expect(page.getByText(/As it was on/)).toBeVisible();
  await page.getByRole('searchbox', { name: 'Search users' }).fill(id);
  await expect(page).toHaveURL(new RegExp(`&q=${id}`));
  await expect(mark('bank:view')).toBeVisible();
  await mark('bank:view').click();
  await expect(page).toHaveURL(`/users/${id}?tab=time-machine&seq=2`);
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
});

test('shows the matrix as it was on a day, and by a permission', async ({ page }) => {
  await page.goto('/permissions');
  const matrix = rows(page, 'Permissions');
  await expect(matrix.filter({ hasText: 'Owen Gallagher' })).toContainText('Deactivated');
  const past = await readDayBefore(page, 'Owen Gallagher');
  await page.getByLabel('As it was on').fill(past);
  await expect(page).toHaveURL(`/permissions?at=${past}`);
  await expect(matrix.filter({ hasText: 'Owen Gallagher' })).not.toContainText('Deactivated');
  await expect(
    matrix.filter({ hasText: 'Owen Gallagher' }).getByRole('link', { name: /^bank:view: granted/ }),
  ).toBeVisible();
  await page.getByRole('button', { name: 'Permission', exact: true }).click();
  await page.getByRole('checkbox', { name: /^\*:administration/ }).check();
  await expect(matrix.filter({ hasText: 'Marta Lindqvist' })).toBeVisible();
  await expect(matrix.filter({ hasText: 'Owen Gallagher' })).toHaveCount(0);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Clear all' }).click();
  await expect(page).toHaveURL('/permissions');
});

test('exports the matrix with who granted what and when', async ({ page }) => {
  await page.goto('/permissions?q=marta');
  await expect(rows(page, 'Permissions').filter({ hasText: 'Marta Lindqvist' })).toBeVisible();
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export' }).click();
  const stream = await (await download).createReadStream();
  const text = (await stream.toArray()).join('');
  expect(text).toMatch(/^Name,User id,Status,/);
  expect(text).toMatch(/Marta Lindqvist,user-001,active,\d{4}-\d\d-\d\dT\S+ by demo,/);
});

test('deactivates a user, who takes no command any more', async ({ page }) => {
  const { id } = await register(page);
  await changePermissions(page, { grant: ['bank:view'] });
  await page.getByRole('tab', { name: 'Permissions' }).click();
  await expect(rows(page, 'Permissions').filter({ hasText: 'bank:view' })).toBeVisible();
  await page.getByRole('button', { name: 'Deactivate', exact: true }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('may no longer: bank:view');
  await dialog.getByRole('textbox', { name: 'Reason' }).fill('Moved away');
  await dialog.getByRole('button', { name: 'Deactivate user' }).click();
  await expect(page.getByText('Deactivated', { exact: true }).first()).toBeVisible();
  await expect(page.getByText('The user holds no permission')).toBeVisible();
  const button = page.getByRole('button', { name: 'Change permissions' });
  await expect(button).toHaveAccessibleDescription(/was deactivated on/);
  await page.getByRole('tab', { name: 'Timeline' }).click();
  await expect(page.getByRole('article', { name: 'Event 3' })).toContainText(
    'Deactivated: Moved away',
  );
  await page.goto(`/permissions?q=${id}`);
  await expect(rows(page, 'Permissions').filter({ hasText: id })).toContainText('Deactivated');
});

test('goes back in a user’s past, and compares their views with the events', async ({ page }) => {
  await page.goto('/users/user-004?tab=time-machine&seq=1');
  await expect(page.getByText('Hana Dvořáková').first()).toBeVisible();
  await expect(page.getByRole('article', { name: 'User profiles' })).toContainText(
    'Hana Dvořáková',
  );
  await page.getByRole('tab', { name: 'Integrity' }).click();
  await expect(page.getByText('No difference')).toBeVisible();
});

test.describe('of nobody', () => {
  test.use({ expectedErrors: [/404/] });

  test('says so, and leads to the search', async ({ page }) => {
    await page.goto('/users/nobody-at-all');
    await expect(page.getByText('There is no user nobody-at-all')).toBeVisible();
    await page.getByRole('link', { name: 'Search users' }).click();
    await expect(page).toHaveURL('/users?q=nobody-at-all');
  });
});

test('the palette finds users, and registers one', async ({ page }) => {
  await page.goto('/');
  await page.getByRole('button', { name: 'Search everything' }).click();
  await page
    .getByRole('dialog', { name: 'Command palette' })
    .getByRole('combobox')
    .fill('carvalho');
  await page.getByRole('option', { name: /Ines Carvalho/ }).click();
  await expect(page).toHaveURL('/users/user-003');
  await page.getByRole('button', { name: 'Search everything' }).click();
  await page
    .getByRole('dialog', { name: 'Command palette' })
    .getByRole('combobox')
    .fill('register a');
  await page.getByRole('option', { name: /Register a user/ }).click();
  await expect(page.getByRole('dialog', { name: 'Register a user' })).toBeVisible();
});

test('nothing is wider than a small screen', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  for (const path of [
    '/users',
    '/users/user-007?tab=permissions',
    '/permissions',
    '/permissions/changes',
  ]) {
    await page.goto(path);
    await expect(page.locator('main [aria-busy="true"]')).toHaveCount(0);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  }
});

/** The day before somebody was deactivated, as the list of users has it. */
async function readDayBefore(page: Page, name: string): Promise<string> {
  const answer = await page.request.get('/api/users', { params: { q: name } });
  const { items } = usersPageSchema.parse(await answer.json());
  const time = Date.parse(items[0]?.deactivatedAt ?? '') - 86_400_000;
  return new Date(time).toISOString().slice(0, 10);
}
