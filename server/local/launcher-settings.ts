import { join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { z } from 'zod';
import { PlayheadError } from '#lib/playhead-error.ts';

/** The root of the repository. */
export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** What the launcher itself reads of the environment; the processes it starts read the rest. */
export type LauncherSettings = {
  readonly port: number;
  readonly url: string;
  readonly dataDir: string;
  readonly external: ExternalEngines;
  /** Whoever comes may do everything: for demos, on embedded engines and the loopback alone. */
  readonly isSignInOff: boolean;
};

/** Engines that run elsewhere; what is missing here is started on this machine. */
export type ExternalEngines = {
  /** An endpoint, or AWS by its own chain of credentials. */
  readonly dynamodb?: { readonly endpoint: string } | 'aws';
  readonly databaseUrl?: string;
  /** The same database for the web server and the worker, by roles of their own. */
  readonly servingUrls?: { readonly web: string; readonly worker: string };
};

const schema = z.object({
  PORT: z.coerce.number().int().min(1).max(65_535).default(3000),
  PLAYHEAD_DATA_DIR: z.string().default(join(ROOT, '.data')),
  DYNAMODB_ENDPOINT: z.url().optional(),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  WEB_DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  WORKER_DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  PLAYHEAD_SIGN_IN: z.enum(['on', 'off']).default('on'),
  PLAYHEAD_HOSTS: z.string().default(''),
});

const AWS_CREDENTIALS = [
  'AWS_ACCESS_KEY_ID',
  'AWS_PROFILE',
  'AWS_WEB_IDENTITY_TOKEN_FILE',
  'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI',
  'AWS_CONTAINER_CREDENTIALS_FULL_URI',
];

/** Reads the launcher's settings. Throws NOT_CONFIGURED with a line per wrong one. */
export function parseLauncherSettings(
  source: Readonly<Record<string, string | undefined>>,
): LauncherSettings {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ''));
  const result = schema.safeParse(given);
  if (!result.success) {
    const lines = result.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
    throw new PlayheadError('NOT_CONFIGURED', `Wrong settings: ${lines.join('; ')}`);
  }
  const { PORT, PLAYHEAD_DATA_DIR, DYNAMODB_ENDPOINT, DATABASE_URL } = result.data;
  const { WEB_DATABASE_URL: web, WORKER_DATABASE_URL: worker } = result.data;
  if ((web === undefined) !== (worker === undefined) || (web && DATABASE_URL === undefined)) {
    throw new PlayheadError(
      'NOT_CONFIGURED',
      'WEB_DATABASE_URL and WORKER_DATABASE_URL go together, and with DATABASE_URL.',
    );
  }
  // AWS only together with DATABASE_URL: credentials that merely lie around in somebody's shell must
  // not make a first try create tables in their company's account.
  const isAws = DATABASE_URL !== undefined && AWS_CREDENTIALS.some((name) => given[name]);
  const isSignInOff = result.data.PLAYHEAD_SIGN_IN === 'off';
  const isLocal = DYNAMODB_ENDPOINT === undefined && DATABASE_URL === undefined;
  if (isSignInOff && !(isLocal && result.data.PLAYHEAD_HOSTS === '')) {
    throw new PlayheadError(
      'NOT_CONFIGURED',
      'PLAYHEAD_SIGN_IN=off is for a demo on this machine: not with databases of your own, nor with PLAYHEAD_HOSTS. Leave it out.',
    );
  }
  return {
    port: PORT,
    url: `http://127.0.0.1:${PORT}`,
    dataDir: resolve(PLAYHEAD_DATA_DIR),
    isSignInOff,
    external: {
      ...(DYNAMODB_ENDPOINT !== undefined
        ? { dynamodb: { endpoint: DYNAMODB_ENDPOINT } }
        : isAws
          ? { dynamodb: 'aws' }
          : {}),
      ...(DATABASE_URL === undefined ? {} : { databaseUrl: DATABASE_URL }),
      ...(web === undefined || worker === undefined ? {} : { servingUrls: { web, worker } }),
    },
  };
}

/**
 * The archive of an instance that names none: with the embedded DynamoDB a directory beside its data;
 * with any other there is none.
 */
export function toArchiveSetting(
  { dataDir, external }: Pick<LauncherSettings, 'dataDir' | 'external'>,
  source: Readonly<Record<string, string | undefined>>,
): { readonly ARCHIVE_URL?: string } {
  return source.ARCHIVE_URL || external.dynamodb !== undefined
    ? {}
    : { ARCHIVE_URL: pathToFileURL(join(dataDir, 'archive')).href };
}
