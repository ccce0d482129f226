import { existsSync } from 'node:fs';
import { chromium } from '@playwright/test';
import { USER_AGENT } from './sign-in.ts';

const SYSTEM_BROWSERS = [
  '/usr/bin/chromium-headless-shell',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/**
 * How to launch a browser: Playwright's own when it is installed, else the system's Chromium or
 * Chrome. Throws an error that says how to get one.
 */
export function findBrowser(): { executablePath?: string; args: string[] } {
  const args = [
    // For shared workers too, which Playwright's own setting does not reach.
    `--user-agent=${USER_AGENT}`,
    // Chromium's sandbox refuses to run as root.
    ...(process.getuid?.() === 0 ? ['--no-sandbox', '--disable-gpu'] : []),
  ];
  if (existsSync(chromium.executablePath())) {
    return { args };
  }
  const executablePath = SYSTEM_BROWSERS.find((path) => existsSync(path));
  if (executablePath === undefined) {
    throw new Error(
      'No browser to test with. Install one: "npx playwright install chromium", ' +
        'or your system’s Chromium ("apt-get install chromium-headless-shell" on Debian).',
    );
  }
  return { executablePath, args };
}
