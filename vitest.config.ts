import { defineConfig, type TestProjectConfiguration } from 'vitest/config';

/** These make the web process's one context, which lives as long as its process. */
const WITH_WEB_CONTEXT = [
  'server/runtime/tracing/tracing.integration.test.ts',
  'server/web/api/answer-api.integration.test.ts',
  'server/web/context.integration.test.ts',
  'server/web/identity/provider.integration.test.ts',
  'server/web/identity/sign-in.integration.test.ts',
  'server/web/searches-at-once.integration.test.ts',
];

/** On the embedded engines. */
const integration = (
  name: string,
  test: { include: string[]; exclude?: string[]; isolate: boolean },
): TestProjectConfiguration => ({
  test: {
    name,
    ...test,
    env: { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' },
    globalSetup: ['server/testing/global-setup.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // A loaded machine takes its time; what a test says of time it says itself.
    expect: { poll: { timeout: 15_000 } },
    // They wait for the databases half of their time.
    maxWorkers: 3,
  },
});

/**
 * `*.test.ts` needs no database; `*.integration.test.ts` runs on the embedded engines. Suites share their
 * processes, and so the modules that they load: that would be a third of the time.
 */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['{lib,server,components}/**/*.test.ts'],
          exclude: ['**/*.integration.test.ts'],
          isolate: false,
          testTimeout: 60_000,
        },
      },
      integration('integration', {
        include: ['server/**/*.integration.test.ts'],
        exclude: WITH_WEB_CONTEXT,
        isolate: false,
      }),
      integration('integration-web-context', { include: WITH_WEB_CONTEXT, isolate: true }),
    ],
  },
});
