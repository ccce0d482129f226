import type { Page } from '@playwright/test';
import { gotoAccount, importAccount, openAccount, openForm, send } from './account-steps.ts';
import { expect, test } from './fixtures.ts';

const EVENTS = 10_000;

let accountId: string;

test.describe.configure({ mode: 'serial' });

/** The whole machine is on a small laptop's screen. */
test.use({ viewport: { width: 1280, height: 720 }, timezoneId: 'UTC' });

test.beforeAll(async () => {
  test.setTimeout(240_000);
  accountId = await importAccount(EVENTS);
});

/** Opens the time machine of the long account, at its newest event or at `seq`. */
async function open(page: Page, seq?: number) {
  const at = seq === undefined ? '' : `&seq=${seq}`;
  await gotoAccount(page, accountId, `?tab=time-machine${at}`);
  const slider = page.getByRole('slider', { name: /Position/ });
  await expect(page.getByRole('region', { name: 'State at this position' })).toBeVisible();
  return slider;
}

test('it opens at the newest event, or where the URL says', async ({ page }) => {
  const slider = await open(page);
  await expect(slider).toHaveValue('10000');
  await open(page, 120);
  await expect(slider).toHaveAttribute(
    'aria-valuetext',
    'Event 120 of 10,000, 6 Jan 2024, balance 960.00 EUR',
  );
});

test('an event is shown with the state it led to and what it changed', async ({ page }) => {
  await open(page, 4);
  await expect(page.getByRole('article', { name: 'Event 4' })).toContainText('Withdrew 3.00 EUR');
  const state = page.getByRole('region', { name: 'State at this position' });
  await expect(state.getByRole('row', { name: 'Balance' })).toContainText(
    '3.00 EUR→0.00 EUR-3.00 EUR',
  );
  await expect(state.getByRole('row', { name: 'Status' })).toHaveText(/^Statusopen$/);

  await page.getByRole('button', { name: 'Compare from here' }).click();
  await expect(page).toHaveURL(/compare=4/);
  await page.getByRole('slider', { name: /Position/ }).press('ArrowRight');
  await page.getByRole('slider', { name: /Position/ }).press('ArrowRight');
  await expect(state).toContainText('compared with event 4');
  await expect(state.getByRole('row', { name: 'Balance' })).toContainText('0.00 EUR→9.00 EUR');
});

test('it goes by keys, with the position in the URL', async ({ page }) => {
  const slider = await open(page, 5_000);
  await page.getByText('Position', { exact: true }).click();
  await page.keyboard.press('ArrowLeft');
  await expect(slider).toHaveValue('4999');
  await page.keyboard.press('Shift+ArrowRight');
  await expect(slider).toHaveValue('5009');
  await expect(page).toHaveURL(/seq=5009/);
  await page.keyboard.press('Home');
  await expect(slider).toHaveAttribute('aria-valuetext', 'Before the opening, 0 of 10,000');
  await expect(page.getByText('Nothing has happened yet.')).toBeVisible();
  await page.keyboard.press('End');
  await expect(slider).toHaveValue('10000');

  await slider.focus();
  await page.keyboard.press('Shift+ArrowLeft');
  await expect(slider).toHaveValue('9990');
  await page.keyboard.press('Home');
  await page.keyboard.press('Space');
  await expect(page.getByRole('button', { name: 'Pause' })).toBeVisible();
  await expect(slider).not.toHaveValue('0');
  await page.keyboard.press('Space');
  await expect(page.getByRole('button', { name: 'Play' })).toBeVisible();

  await slider.blur();
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toContainText(
    'Play or pause',
  );
});

test('two handles compare two events, by keys as well, and both are in the URL', async ({
  page,
}) => {
  const slider = await open(page, 12);
  const compared = page.getByRole('slider', { name: 'Compared with' });
  await expect(compared).toHaveValue('11');
  await compared.press('ArrowLeft');
  await expect(page).toHaveURL(/compare=10/);
  await slider.press('ArrowRight');
  await expect(page).toHaveURL(/seq=13/);
  await expect(compared).toHaveValue('10');
  await expect(page.getByRole('region', { name: 'State at this position' })).toContainText(
    'compared with event 10',
  );
  await compared.press('Escape');
  await expect(compared).toHaveValue('12');
});

test('types, times and what each view held stand with the position', async ({ page }) => {
  await open(page, 12);
  await expect(page.getByText('Money deposited').first()).toBeVisible();
  await expect(page.getByTestId('event-marks')).toContainText('1 Jan 2024');
  const views = page.getByRole('region', { name: 'What the views held at this position' });
  await expect(views.getByRole('article').first()).toBeVisible();
  await page.getByRole('link', { name: 'Its row in the ledger' }).click();
  await expect(page).toHaveURL(/movement=12/);
  await page.getByRole('link', { name: 'Time machine at event 12' }).click();
  await expect(page).toHaveURL(/seq=12/);
});

test('the keys are its own after a click on a tab, a choice or a link', async ({ page }) => {
  await gotoAccount(page, accountId, '?seq=20');
  await page.getByRole('tab', { name: 'Time machine' }).click();
  const slider = page.getByRole('slider', { name: /Position/ });
  await expect(slider).toHaveValue('20');
  await expect(slider).toBeFocused();
  await page.keyboard.press('ArrowLeft');
  await expect(slider).toHaveValue('19');
  await page.getByText('Event store', { exact: true }).click();
  await page.keyboard.press('ArrowLeft');
  await expect(slider).toHaveValue('18');
  await page.getByRole('button', { name: 'Copy account number' }).click();
  await page.keyboard.press('ArrowRight');
  await expect(slider).toHaveValue('19');
});

test('it jumps to a sequence and to a time', async ({ page }) => {
  const slider = await open(page);
  const target = page.getByRole('textbox', { name: 'Jump to a sequence or a time' });
  await target.fill('7,000');
  await target.press('Enter');
  await expect(slider).toHaveValue('7000');
  await target.fill('2024-01-02 23:59 UTC');
  await target.press('Enter');
  await expect(slider).toHaveValue('41');
  await target.fill('10001');
  await target.press('Enter');
  await expect(target).toHaveAccessibleDescription('There are the positions 0 to 10,000.');
  await target.fill('next week');
  await target.press('Enter');
  await expect(target).toHaveAccessibleDescription(/Write a sequence/);
  await expect(slider).toHaveValue('41');
});

test('it plays to the end and stops there', async ({ page }) => {
  const slider = await open(page, 9_900);
  await page.getByText('100×', { exact: true }).click();
  await page.getByRole('button', { name: 'Play' }).click();
  await expect(slider).toHaveValue('10000');
  await expect(page.getByRole('button', { name: 'Play' })).toBeVisible();
});

test('the curve leads to its place', async ({ page }) => {
  const slider = await open(page);
  const curve = page.getByTestId('balance-curve');
  const { width = 0, height = 0 } = (await curve.boundingBox()) ?? {};
  await curve.click({ position: { x: width / 4, y: height / 2 } });
  expect(Math.abs(Number(await slider.inputValue()) - EVENTS / 4)).toBeLessThan(20);
});

test('scrubbing over ten thousand events shows the state where the pointer is let go', async ({
  page,
}) => {
  const slider = await open(page);
  const box = await slider.boundingBox();
  if (!box) {
    throw new Error('The slider is not on the page.');
  }
  const y = box.y + box.height / 2;
  await page.mouse.move(box.x + box.width - 9, y);
  await page.mouse.down();
  for (let step = 100; step >= 0; step -= 1) {
    await page.mouse.move(box.x + 9 + ((box.width - 18) * step) / 100, y);
  }
  await page.mouse.up();
  await expect(slider).toHaveValue('0');
  await expect(page.getByText('Nothing has happened yet.')).toBeVisible();
});

test('it follows the newest event', async ({ page }) => {
  const short = await openAccount();
  await gotoAccount(page, short, '?tab=time-machine');
  const slider = page.getByRole('slider', { name: /Position/ });
  await expect(slider).toHaveValue('1');
  await send(await openForm(page, 'Deposit'), 'Deposit', { Amount: '8' });
  await expect(slider).toHaveValue('2');
  await expect(page.getByTestId('balance-at-position')).toHaveText('8.00 EUR');
  await slider.press('ArrowLeft');
  await send(await openForm(page, 'Deposit'), 'Deposit', { Amount: '8' });
  await expect(page.getByTestId('balance')).toHaveText('16.00 EUR');
  await expect(slider).toHaveValue('1');
});
