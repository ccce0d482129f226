import { LRUCache } from 'lru-cache';
import { PlayheadError } from '#lib/playhead-error.ts';
import { holdsRight, type Right, SIGNED_IN, toRightText } from '#lib/rights.ts';
import type { Identify } from './identify.ts';
import type { Principal } from './principal.ts';
import type { RecordAction } from './record-action.ts';

/** One refusal of somebody for one right is recorded in this time: a page asks again and again. */
const REFUSAL_MS = 60_000;

/**
 * Answers with who sends a request, and records who lacks the right. Throws SIGN_IN_NEEDED, RIGHT_MISSING, for a
 * token SCOPE_MISSING, and what `identify` throws.
 */
export type Authorize = (headers: Headers, right: Right | typeof SIGNED_IN) => Promise<Principal>;

/** Creates the one place where rights are asked for: pages, actions and every route ask here. */
export function createAuthorize({
  identify,
  record,
}: Pick<Identify, 'identify'> & { readonly record: RecordAction }): Authorize {
  const refused = new LRUCache<string, true>({ max: 1_000, ttl: REFUSAL_MS });

  async function recordRefusal(headers: Headers, who: Principal, right: string, why: string) {
    const key = `${who.actor} ${right}`;
    if (!refused.has(key)) {
      refused.set(key, true);
      await record(headers, { actor: who.actor }, 'refuse', right, { why });
    }
  }

  return async (headers, right) => {
    const principal = await identify(headers);
    const error = findRefusal(principal, right);
    if (error === undefined) {
      return principal;
    }
    if (right !== SIGNED_IN && principal.kind !== 'nobody') {
      await recordRefusal(headers, principal, toRightText(right), error.message);
    }
    throw error;
  };
}

/** Why somebody may not do this; undefined when they may. */
export function findRefusal(
  { kind, name, rights }: Principal,
  right: Right | typeof SIGNED_IN,
): PlayheadError | undefined {
  if (kind === 'nobody') {
    return new PlayheadError('SIGN_IN_NEEDED', 'Sign in first: nobody is signed in here.');
  }
  if (right === SIGNED_IN || holdsRight(rights, right)) {
    return undefined;
  }
  const needed = toRightText(right);
  return kind === 'token'
    ? new PlayheadError('SCOPE_MISSING', `The token “${name}” needs the scope ${needed}.`)
    : new PlayheadError(
        'RIGHT_MISSING',
        `This needs the permission ${needed}, which ${name} has not. Who administers the users can grant it.`,
      );
}
