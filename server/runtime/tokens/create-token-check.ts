import { and, eq, isNull, lt, or } from 'drizzle-orm';
import { LRUCache } from 'lru-cache';
import { PlayheadError } from '#lib/playhead-error.ts';
import { hashSecret } from '#server/runtime/identity/secret.ts';
import type { Db } from '#server/runtime/platform/postgres.ts';
import { apiTokens } from './api-tokens-table.ts';
import type { ApiToken } from './manage-tokens.ts';
import { isTokenSecret } from './token-secret.ts';

/** For so long a token is taken as it was read: a revoked one is refused after that, in every process. */
const KNOWN_MS = 1_000;
const MOST_KNOWN = 1_000;

/** The last use is kept to the minute, so that a busy token is not written all the time. */
const USE_INTERVAL_MS = 60_000;

type TokenCheckDeps = { readonly db: Db; readonly now: () => Date };

/** Answers with the token that an Authorization header carries. Throws TOKEN_MISSING and TOKEN_INVALID. */
export type TokenCheck = (authorization: string | null) => Promise<ApiToken>;

/**
 * Creates the check of a process. A secret is found by its hash alone, so that nothing about stored ones
 * can be told from how long the answer takes.
 */
export function createTokenCheck({ db, now }: TokenCheckDeps): TokenCheck {
  const known = new LRUCache<string, ApiToken>({ max: MOST_KNOWN, ttl: KNOWN_MS });

  async function find(hash: string): Promise<ApiToken | undefined> {
    const [row] = await db.select().from(apiTokens).where(eq(apiTokens.hash, hash));
    if (row === undefined) {
      return undefined;
    }
    const { hash: _, ...token } = row;
    known.set(hash, token);
    return token;
  }

  async function noteUse(hash: string): Promise<void> {
    const at = now();
    const before = new Date(at.getTime() - USE_INTERVAL_MS);
    await db
      .update(apiTokens)
      .set({ lastUsedAt: at })
      .where(
        and(
          eq(apiTokens.hash, hash),
          or(isNull(apiTokens.lastUsedAt), lt(apiTokens.lastUsedAt, before)),
        ),
      );
  }

  return async (authorization) => {
    const secret = readBearer(authorization);
    const hash = hashSecret(secret);
    const remembered = known.get(hash);
    const token = remembered ?? (await find(hash));
    const problem = findProblem(token, now());
    if (token === undefined || problem !== undefined) {
      throw new PlayheadError('TOKEN_INVALID', problem ?? UNKNOWN);
    }
    if (remembered === undefined) {
      await noteUse(hash);
    }
    return token;
  };
}

const UNKNOWN = 'This token is not known here. Make one with: npm run -s ops -- tokens create.';

function findProblem(token: ApiToken | undefined, now: Date): string | undefined {
  if (token === undefined) {
    return UNKNOWN;
  }
  if (token.revokedAt !== null) {
    return `The token “${token.name}” was revoked at ${token.revokedAt.toISOString()}.`;
  }
  if (token.expiresAt <= now) {
    return `The token “${token.name}” has expired, at ${token.expiresAt.toISOString()}.`;
  }
  return undefined;
}

function readBearer(authorization: string | null): string {
  if (authorization === null) {
    const sentence = 'A token is needed: send the header “Authorization: Bearer <token>”.';
    throw new PlayheadError('TOKEN_MISSING', sentence);
  }
  const secret = /^bearer +(\S+)$/i.exec(authorization)?.[1] ?? '';
  if (!isTokenSecret(secret)) {
    throw new PlayheadError('TOKEN_INVALID', UNKNOWN);
  }
  return secret;
}
