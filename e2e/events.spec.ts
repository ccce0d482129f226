import { expect, test } from './fixtures.ts';
import { newNumber, openAccountElsewhere } from './open-account.ts';

type Page = import('@playwright/test').Page;

const rows = (page: Page) => page.getByRole('table', { name: 'Events' }).locator('tbody tr');

test('says what happened, in whose account, newest first', async ({ page }) => {
  await page.goto('/events?aggregate=account%23DE71500100990003390052');
  await expect(rows(page).first()).toContainText('Closed: Moved to the current account');
  await expect(rows(page).last()).toContainText('Opened for Jonas Weber (savings) in EUR');
  await expect(page.getByText('That is the first event.')).toBeVisible();
});

test('narrows by type on the server, and keeps it in the URL', async ({ page }) => {
  await page.goto('/events?actor=demo');
  await page.getByRole('button', { name: 'Type' }).click();
  await page.getByRole('checkbox', { name: /^Account closed/ }).check();
  await expect(page).toHaveURL('/events?actor=demo&type=AccountClosed');
  await expect(rows(page)).toHaveCount(1);
  await expect(page.getByText('1 event', { exact: true })).toBeVisible();
  await page.reload();
  await expect(rows(page)).toHaveCount(1);
});

test('searches payloads', async ({ page }) => {
  await page.goto('/events');
  await page.getByRole('searchbox', { name: 'Search events' }).fill('Concert tickets');
  await expect(page).toHaveURL('/events?q=Concert+tickets');
  await expect(rows(page).filter({ hasText: /^Sent/ })).toHaveCount(2);
  await expect(rows(page).filter({ hasText: /^Received/ })).toHaveCount(2);
});

test('narrows by an aggregate that is typed in, and says when it cannot be one', async ({
  page,
}) => {
  await page.goto('/events');
  await page.getByRole('button', { name: 'Aggregate' }).click();
  const form = page.getByRole('dialog', { name: 'Aggregate' });
  await form.getByRole('textbox', { name: 'Aggregate' }).fill('account#jp-0017-3321-1046');
  await form.getByRole('button', { name: 'Apply' }).click();
  await expect(page).toHaveURL('/events?aggregate=account%23jp-0017-3321-1046');
  await expect(rows(page).first()).toContainText('JPY');
});

test('shows an event in full beside the list, and leads on from it', async ({ page }) => {
  await page.goto('/events?q=Concert+tickets');
  await rows(page).filter({ hasText: /^Sent/ }).getByRole('link').first().click();
  const drawer = page.getByRole('dialog', { name: /^Sent 800.00 CZK to/ });
  await expect(drawer).toContainText('Concert tickets');
  await expect(drawer.getByRole('region', { name: 'Payload' })).toContainText('"80000"');
  await drawer.getByRole('button', { name: 'Raw item' }).click();
  await expect(drawer.getByRole('region', { name: 'Raw item' })).toContainText('"aggregateId"');
  await expect(page).toHaveURL(/[?&]event=/);

  await page.reload();
  await expect(drawer).toBeVisible();
  await drawer.getByRole('link', { name: 'All its events' }).click();
  await expect(page).toHaveURL(/\/events\?correlation=/);
  await expect(rows(page)).toHaveCount(2);
});

test('shows both times of an event, and its aggregate’s state before and after', async ({
  page,
}) => {
  await page.goto('/events?q=Concert+tickets');
  await rows(page).filter({ hasText: /^Sent/ }).getByRole('link').first().click();
  const drawer = page.getByRole('dialog', { name: /^Sent 800.00 CZK to/ });
  await expect(drawer.getByText('Booked', { exact: true })).toBeVisible();
  await expect(drawer.getByText('Arrived', { exact: true })).toBeVisible();
  const state = drawer.getByRole('region', { name: 'State before and after' });
  await expect(state.getByRole('row', { name: /^Balance/ })).toContainText('→');
});

test('chooses a time on the volume by keys, by dates, and takes it back', async ({ page }) => {
  await page.goto('/events');
  const volume = page.getByRole('region', { name: 'Volume' });
  const bars = volume.getByRole('slider');
  await bars.press('ArrowLeft');
  await bars.press('Shift+Home');
  await bars.press('Enter');
  await expect(page).toHaveURL(/\?from=[^&]+&to=/);
  await expect(rows(page).first()).toBeVisible();
  await volume.getByRole('button', { name: 'Show all times' }).click();
  await expect(page).toHaveURL('/events');
  await page.getByRole('button', { name: 'Arrived' }).click();
  const form = page.getByRole('dialog', { name: 'Arrived' });
  await form.getByRole('textbox', { name: /on the day/ }).fill('2020-01-01');
  await form.getByRole('button', { name: 'Apply' }).click();
  await expect(page).toHaveURL(/\?to=2020-01-02T00(:|%3A)00/);
  await expect(page.getByText('No event matches')).toBeVisible();
  await page.goBack();
  await expect(rows(page).first()).toBeVisible();
});

test('steps through the list by keys, with the details open', async ({ page }) => {
  await page.goto('/events?aggregate=account%23DE71500100990003390052');
  await expect(rows(page).first()).toBeVisible();
  await page.keyboard.press('j');
  await expect(rows(page).first().getByRole('link').first()).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog', { name: /^Closed/ })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Newer event' })).toHaveAccessibleDescription(
    'This is the newest event of the list.',
  );
  await page.keyboard.press('j');
  await expect(page.getByRole('dialog', { name: /^Sent/ })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(rows(page).nth(1).getByRole('link').first()).toBeFocused();
});

test('gives every event an address of its own', async ({ page }) => {
  await page.goto('/events?aggregate=account%23DE71500100990003390052&type=AccountOpened');
  const link = rows(page).first().getByRole('link').first();
  const path = (await link.getAttribute('href')) ?? '';
  await page.goto(path);
  await expect(
    page.getByRole('heading', { name: 'Opened for Jonas Weber (savings) in EUR' }),
  ).toBeVisible();
  await expect(
    page.getByRole('button', { name: 'Previous in account' }),
  ).toHaveAccessibleDescription('This is the account’s first event.');
  await page.getByRole('link', { name: 'Next in account' }).click();
  await expect(page).not.toHaveURL(path);
  await expect(page.getByText('event 2 of it')).toBeVisible();
});

test.describe('an event that is not there', () => {
  test.use({ expectedErrors: [/404 \(Not Found\)/] });

  test('is said not to be', async ({ page }) => {
    await page.goto('/events/no-such-event');
    await expect(page.getByRole('alert').filter({ hasText: 'no event' })).toBeVisible();
  });
});

test.describe('a server that is busy with other searches', () => {
  test.use({ expectedErrors: [/429 \(Too Many Requests\)/] });

  test('is said to be, and is asked again by itself', async ({ page }) => {
    let asked = 0;
    await page.route('**/api/events?q=Concert*', async (route) => {
      asked += 1;
      if (asked > 1) {
        await route.continue();
        return;
      }
      const message = 'Too many searches are under way at once. Try again in a moment.';
      await route.fulfill({
        status: 429,
        headers: { 'Retry-After': '1' },
        json: { error: { code: 'TOO_MANY_SEARCHES', message } },
      });
    });
    await page.goto('/events?q=Concert+tickets');
    const alert = page.getByRole('alert').filter({ hasText: 'Too many searches' });
    await expect(alert).toContainText('This page does so by itself.');
    await expect(rows(page).filter({ hasText: /^Sent/ })).toHaveCount(2);
    await expect(alert).toBeHidden();
  });
});

test('follows new events by itself', async ({ page }) => {
  const number = newNumber();
  await page.goto(`/events?q=${number}`);
  await expect(page.getByText('No event matches')).toBeVisible();
  await openAccountElsewhere(page, 'Fiona Follow', number);
  await expect(rows(page).filter({ hasText: number })).toContainText('Opened for Fiona Follow');
});

test('counts new events while it is paused, and shows them when asked', async ({ page }) => {
  const number = newNumber();
  await page.goto(`/events?aggregate=account%23${number}`);
  await page.getByRole('button', { name: 'Pause' }).click();
  await expect(page).toHaveURL(`/events?aggregate=account%23${number}&live=false`);
  await expect(page.getByText('No event matches')).toBeVisible();
  await openAccountElsewhere(page, 'Paul Paused', number);
  const pill = page.getByRole('button', { name: '1 new event' });
  await expect(pill).toBeVisible();
  await expect(rows(page)).toHaveCount(0);
  await page.keyboard.press('n');
  await expect(rows(page)).toHaveCount(1);
  await expect(pill).toBeHidden();
});
