import { gotoAccount, importAccount } from './account-steps.ts';
import { expect, test } from './fixtures.ts';
import { runOps } from './run-ops.ts';

let accountId: string;

// Booked on 1, 2 and 3 January 2024: twenty rows a day, but for the opening.
test.beforeAll(async () => {
  accountId = await importAccount(46);
});

for (const timezoneId of ['America/Los_Angeles', 'UTC', 'Pacific/Kiritimati']) {
  test.describe(`seen from ${timezoneId}`, () => {
    test.use({ timezoneId });

    test('a day is the bank’s day: in the ledger, the time machine and on the command line', async ({
      page,
    }) => {
      await gotoAccount(page, accountId);
      const ledger = page.getByRole('table', { name: /^Ledger/ });
      await expect(ledger.getByRole('row').nth(1)).toContainText('3 Jan 2024');

      await gotoAccount(page, accountId, '?tab=time-machine');
      await page.getByRole('textbox', { name: 'Jump to a sequence or a time' }).fill('2024-01-02');
      await page.getByRole('textbox', { name: 'Jump to a sequence or a time' }).press('Enter');
      const slider = page.getByRole('slider', { name: /Position/ });
      await expect(slider).toHaveAttribute('aria-valuetext', /2 Jan 2024/);
      const there = await slider.inputValue();
      const state = JSON.parse(await runOps('state', accountId, '--at', '2024-01-02', '--json'));
      expect(String(state.version)).toBe(there);
      await page.getByRole('slider', { name: /Position/ }).press('ArrowRight');
      await expect(slider).toHaveAttribute('aria-valuetext', /3 Jan 2024/);
    });
  });
}
