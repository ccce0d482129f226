import 'server-only';
import { headers } from 'next/headers';
import type { Viewer } from '#lib/contracts/sign-in.ts';
import { toKnownError } from '#server/runtime/platform/to-known-error.ts';
import { getWebContext } from '../context.ts';
import { nobody } from './principal.ts';

/** Who looks at a page, as far as that is known: undefined while a database that would tell is down. */
export async function findViewer(): Promise<Viewer | undefined> {
  try {
    return await getWebContext().identify(await headers());
  } catch (error) {
    return toKnownError(error).code === 'TOKEN_INVALID' ? nobody : undefined;
  }
}
