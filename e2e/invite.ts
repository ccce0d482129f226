import { type Browser, expect, type Page } from '@playwright/test';
import { runOps } from './run-ops.ts';
import { changePermissions, register } from './user-steps.ts';

export const PASSWORD = 'correct horse battery staple';

/** Opens a console in which nobody is signed in yet by a new link of the local operator's. */
async function signInLocally(page: Page): Promise<void> {
  await page.goto((await runOps('sign-in', 'link')).trim());
  await expect(page.getByRole('link', { name: 'Signed in as Local operator' })).toBeVisible();
}

/** Somebody of these permissions, whom the operator has invited in the browser. */
export async function invite(browser: Browser, ...grant: string[]) {
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
export async function accept(page: Page, link: URL, origin = link.origin): Promise<void> {
  await page.goto(origin + link.pathname + link.hash);
  await page.getByLabel('Choose a password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Choose it and sign in' }).click();
  await page.waitForURL(`${origin}/`);
}
