import { test as base, expect } from '@playwright/test';

type Options = {
  /** Errors on the browser's console that a test brings about on purpose. */
  readonly expectedErrors: RegExp[];
};

/** Playwright's `test`; it fails when a page reports an error that the test does not expect. */
export const test = base.extend<Options & { readonly errorWatch: undefined }>({
  expectedErrors: [[], { option: true }],
  page: async ({ page }, use) => {
    await use(page);
    // A page asks all the time: an answer that is being replaced at the end is no failure.
    await page.unrouteAll({ behavior: 'ignoreErrors' });
  },
  errorWatch: [
    async ({ context, expectedErrors }, use) => {
      const errors: string[] = [];
      const add = (text: string) => {
        if (!expectedErrors.some((pattern) => pattern.test(text))) {
          errors.push(text);
        }
      };
      context.on('console', (message) => {
        if (message.type() === 'error') {
          add(`${message.text()} (${message.location().url})`);
        }
      });
      context.on('weberror', (error) => add(error.error().stack ?? error.error().message));
      await use(undefined);
      expect(errors, 'errors on the page').toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };
