import { SETTINGS } from '#server/runtime/platform/env.ts';

/** What any program may need of the environment it is started in. */
const COMMON = [
  'HOME',
  'LANG',
  'LC_ALL',
  'LOGNAME',
  'PATH',
  'SHELL',
  'TMPDIR',
  'TZ',
  'USER',
  // The mark by which a test run finds the processes that it has left behind.
  'PLAYHEAD_TEST_RUN',
];

/** What Node, Next, the AWS SDK and OpenTelemetry's exporter read by themselves. */
const LIBRARIES = [
  'AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED',
  'CI',
  'NEXT_TELEMETRY_DISABLED',
  'NODE_EXTRA_CA_CERTS',
  'NODE_OPTIONS',
  'NO_COLOR',
  'OTEL_EXPORTER_OTLP_HEADERS',
  'SSL_CERT_DIR',
  'SSL_CERT_FILE',
];

/** For a database server: neither settings nor credentials. */
export function toEngineEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return pick(env, (name) => COMMON.includes(name));
}

/** For the web server, its build and the worker: the settings and AWS's variables as well. */
export function toServerEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const names = new Set([...COMMON, ...LIBRARIES, ...SETTINGS]);
  return pick(env, (name) => names.has(name) || name.startsWith('AWS_'));
}

function pick(env: NodeJS.ProcessEnv, isWanted: (name: string) => boolean): NodeJS.ProcessEnv {
  const picked: NodeJS.ProcessEnv = { NODE_ENV: env.NODE_ENV };
  for (const name of Object.keys(env).filter(isWanted)) {
    picked[name] = env[name];
  }
  return picked;
}
