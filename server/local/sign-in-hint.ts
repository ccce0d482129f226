import { createSignInLink } from '#server/runtime/identity/invitations.ts';
import type { Env } from '#server/runtime/platform/env.ts';
import { createPostgres } from '#server/runtime/platform/postgres.ts';
import type { LauncherSettings } from './launcher-settings.ts';

/** What a start prints of how one signs in, where it can print no link. */
export type SignInHint = { readonly path: string } | { readonly sentence: string };

/**
 * How whoever starts Playhead signs in: by a link, on embedded engines. Databases of one's own may be used by
 * others as well: there, people sign in as users.
 */
export async function createSignInHint(
  env: Env,
  { external, isSignInOff }: Pick<LauncherSettings, 'external' | 'isSignInOff'>,
): Promise<SignInHint> {
  if (isSignInOff) {
    return { sentence: 'Sign-in is off: whoever reaches this address may do everything.' };
  }
  if (external.databaseUrl !== undefined || external.dynamodb !== undefined) {
    const command = 'npm run -s ops -- sign-in first-administrator --help';
    return { sentence: `Sign in as a user. Without one: ${command}` };
  }
  const postgres = createPostgres(env, { application: 'playhead-sign-in', max: 1 });
  try {
    return { path: await createSignInLink(postgres.db, new Date()) };
  } finally {
    await postgres.close();
  }
}
