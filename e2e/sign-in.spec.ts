import type { Browser, Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { runOps } from './run-ops.ts';
import { changePermissions, register } from './user-steps.ts';

// Of nobody, until somebody signs in.
test.use({ storageState: { cookies: [], origins: [] }, expectedErrors: [/40[13]/] });

const PASSWORD = 'correct horse battery staple';

/** Opens a console in which nobody is signed in yet by a new link of the local operator's. */
async function signInLocally(page: Page): Promise<void> {
  await page.goto((await runOps('sign-in', 'link')).trim());
  await expect(page.getByRole('link', { name: 'Signed in as Local operator' })).toBeVisible();
}

/** Somebody of these permissions, whom the operator has invited in the browser. */
async function invite(browser: Browser, ...grant: string[]) {
  const context = await browser.newContext({ storageState: { cookies: [], origins: [] } });
  const page = await context.newPage();
  await signInLocally(page);
  const person = await register(page);
  await changePermissions(page, { grant });
  await page.getByRole('button', { name: 'Invite' }).click();
  const link = await page
    .getByRole('dialog')
    .getByText(/\/sign-in\/invitation#/)
    .textContent();
  await context.close();
  return { ...person, link: new URL(link ?? '') };
}

/** Chooses the password by the invitation, at that origin of the run's own Playhead. */
async function accept(page: Page, link: URL, origin = link.origin): Promise<void> {
  await page.goto(origin + link.pathname + link.hash);
  await page.getByLabel('Choose a password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Choose it and sign in' }).click();
  await page.waitForURL(`${origin}/`);
}

test('the link of the start opens the page that was asked for, once', async ({ page }) => {
  await page.goto('/accounts?q=ada');
  await expect(page).toHaveURL('/sign-in?next=%2Faccounts%3Fq%3Dada');
  const link = new URL((await runOps('sign-in', 'link')).trim());
  await page.goto(link.href);
  await expect(page.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible();
  await expect(page).toHaveURL('/');
  await page.getByRole('link', { name: 'Signed in as Local operator' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Local operator' })).toBeVisible();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await expect(page).toHaveURL('/sign-in');
  await page.goto('/accounts');
  await expect(page).toHaveURL('/sign-in?next=%2Faccounts');
  await page.goto(link.href);
  await expect(page.getByRole('alert').filter({ hasText: 'used already' })).toBeVisible();
  // In the tab of this page, where no more than the hash changes.
  await page.goto((await runOps('sign-in', 'link')).trim());
  await expect(page.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible();
});

test('who is invited chooses a password, and sees and does what they may', async ({
  page,
  browser,
}) => {
  const { email, name, link } = await invite(browser, 'bank:view');
  await accept(page, link);
  await expect(page.getByText('You have no right to see this page')).toBeVisible();
  const navigation = page.getByRole('navigation', { name: 'Pages' });
  await expect(navigation.getByRole('link')).toHaveText(['Playhead', 'Accounts', 'API']);
  await navigation.getByRole('link', { name: 'Accounts' }).click();
  const button = page.getByRole('button', { name: 'Open account' }).first();
  await expect(button).toHaveAccessibleDescription(/needs the permission bank:commands/);
  await page.getByRole('link', { name: `Signed in as ${name}` }).click();
  await page.getByRole('button', { name: 'Sign out' }).click();

  const password = page.getByLabel(/^Password \*$/);
  const refusal = page.getByRole('alert').filter({ hasText: 'not known together' });
  await page.getByLabel('E-mail address').fill(email);
  await password.fill('not this one, surely');
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(refusal).toBeVisible();
  await password.fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(page.getByRole('link', { name: `Signed in as ${name}` })).toBeVisible();
});

test('a passkey signs its owner in', async ({ page, browser, baseURL }) => {
  const { name, link } = await invite(browser, '*:view');
  const { port } = new URL(baseURL ?? '');
  const origin = `http://localhost:${port}`;
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('WebAuthn.enable');
  await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  await accept(page, link, origin);
  await page.goto(`${origin}/session`);
  await page.getByLabel('Name of a new passkey').fill('My laptop');
  await page.getByRole('button', { name: 'Add a passkey' }).click();
  await expect(page.getByRole('button', { name: 'Remove the passkey My laptop' })).toBeVisible();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
  await expect(page.getByRole('link', { name: `Signed in as ${name}` })).toBeVisible();
});
