import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineConfig, devices } from '@playwright/test';
import getPort from 'get-port';
import { findBrowser } from './e2e/find-browser.ts';
import { SIGN_IN_LINE } from './e2e/sign-in.ts';

// Which Node this runs on was decided in package.json.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';

// Every process of a run reads this file; the first one chooses, cleans up, and the others inherit.
if (process.env.E2E_DATA_DIR === undefined) {
  const dataDir = mkdtempSync(join(tmpdir(), 'playhead-e2e-'));
  process.env.E2E_PORT = String(await getPort({ host: '127.0.0.1' }));
  process.env.E2E_DATA_DIR = dataDir;
  process.env.E2E_TUNNEL = `tunnel.localhost:${await getPort({ host: '127.0.0.1' })}`;
  process.once('exit', () => {
    rmSync(dataDir, { recursive: true, force: true });
    rmSync(`${dataDir}.signed-in.json`, { force: true });
  });
}

const baseURL = `http://127.0.0.1:${process.env.E2E_PORT}`;

/** The real thing: the launcher, with the production build, embedded engines and the demo bank. */
export default defineConfig({
  testDir: 'e2e',
  globalSetup: './e2e/global-setup.ts',
  outputDir: 'test-results',
  forbidOnly: Boolean(process.env.CI),
  // Two files at a time: much of a test is waiting. What is done to the run's own Playhead must then stand
  // beside what others do to it; what may not is done to one of its own (`launched.ts`).
  workers: 2,
  timeout: 90_000,
  expect: { timeout: 20_000 },
  reporter: 'list',
  use: {
    ...devices['Desktop Chrome'],
    baseURL,
    // Of who is signed in (global-setup.ts).
    storageState: `${process.env.E2E_DATA_DIR}.signed-in.json`,
    launchOptions: findBrowser(),
    // The pictures would be a third of the whole time; the page's DOM at each step tells as much.
    trace: { mode: 'retain-on-failure', screenshots: false },
    screenshot: 'only-on-failure',
  },
  webServer: {
    command: 'exec node --import tsx server/local/main.ts start',
    timeout: 300_000,
    wait: { stdout: SIGN_IN_LINE },
    stdout: 'pipe',
    gracefulShutdown: { signal: 'SIGTERM', timeout: 20_000 },
    env: {
      PORT: process.env.E2E_PORT ?? '',
      PLAYHEAD_DATA_DIR: process.env.E2E_DATA_DIR ?? '',
      // Where a test puts a proxy between the browser and the server.
      PLAYHEAD_HOSTS: process.env.E2E_TUNNEL ?? '',
      // Whatever the person at this machine works on otherwise is not tested on.
      DYNAMODB_ENDPOINT: '',
      DATABASE_URL: '',
      TABLE_PREFIX: '',
    },
  },
});
