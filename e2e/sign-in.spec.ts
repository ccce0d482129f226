import { expect, test } from './fixtures.ts';
import { accept, invite, PASSWORD } from './invite.ts';
import { runOps } from './run-ops.ts';

// Of nobody, until somebody signs in.
test.use({ storageState: { cookies: [], origins: [] }, expectedErrors: [/40[13]/] });

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
  await expect(navigation.getByRole('link')).toHaveText([
    'Playhead',
    'Accounts',
    'Transfers',
    'API',
  ]);
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
