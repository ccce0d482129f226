import 'server-only';
import { headers } from 'next/headers';
import { forbidden, redirect } from 'next/navigation';
import { isPlayheadError } from '#lib/playhead-error.ts';
import type { Right, SIGNED_IN } from '#lib/rights.ts';
import { getWebContext, type WebContext } from '../context.ts';
import { PATH_HEADER } from './request-origin.ts';

/** What one needs for a page: a right that may depend on what there is. */
type PageRight = Right | typeof SIGNED_IN | ((context: Pick<WebContext, 'registry'>) => Right);

/**
 * Lets who holds the right see a page, and leads others to the sign-in, or to why they may not. A page itself holds
 * no data: while a database that would tell is down, it is shown, and its panels say so.
 */
export async function requirePage(needed: PageRight): Promise<void> {
  const context = getWebContext();
  const asked = await headers();
  const right = typeof needed === 'function' ? needed(context) : needed;
  const error = await context.authorize(asked, right).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (isPlayheadError(error, 'SIGN_IN_NEEDED') || isPlayheadError(error, 'TOKEN_INVALID')) {
    redirect(`/sign-in?next=${encodeURIComponent(toPagePath(asked))}`);
  }
  if (isPlayheadError(error, 'RIGHT_MISSING') || isPlayheadError(error, 'SCOPE_MISSING')) {
    forbidden();
  }
}

/** The page that was asked for, without what Next adds to it. */
function toPagePath(asked: Headers): string {
  const url = new URL(asked.get(PATH_HEADER) ?? '/', 'http://localhost');
  url.searchParams.delete('_rsc');
  return url.pathname + url.search;
}
