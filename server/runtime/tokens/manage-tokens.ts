import { asc, eq } from 'drizzle-orm';
import { PlayheadError } from '#lib/playhead-error.ts';
import { hashSecret } from '#server/runtime/identity/secret.ts';
import type { Db } from '#server/runtime/platform/postgres.ts';
import {
  type Operator,
  recordOperatorAction,
} from '#server/runtime/views/record-operator-action.ts';
import { apiTokens } from './api-tokens-table.ts';
import { createTokenSecret, toTokenPrefix } from './token-secret.ts';

/** A token as it may be shown: without its secret, and without the hash. */
export type ApiToken = Omit<typeof apiTokens.$inferSelect, 'hash'>;

type NewToken = {
  /** Lower-case letters, digits and hyphens. */
  readonly name: string;
  readonly scopes: readonly string[];
  readonly expiresAt: Date;
};

/**
 * Makes a token, and records that. Answers with its secret, which can be read nowhere afterwards. Throws
 * TOKEN_NAME_TAKEN: a revoked token keeps its name.
 */
export async function createToken(
  db: Db,
  { name, scopes, expiresAt }: NewToken,
  operator: Operator,
): Promise<string> {
  const secret = createTokenSecret();
  const prefix = toTokenPrefix(secret);
  await db.transaction(async (tx) => {
    const made = await tx
      .insert(apiTokens)
      .values({ name, scopes, expiresAt, prefix, hash: hashSecret(secret) })
      .onConflictDoNothing({ target: apiTokens.name })
      .returning({ name: apiTokens.name });
    if (made.length === 0) {
      const sentence = `There is a token “${name}” already, or there was: choose another name.`;
      throw new PlayheadError('TOKEN_NAME_TAKEN', sentence, { field: 'name' });
    }
    const effect = { prefix, scopes, expiresAt: expiresAt.toISOString() };
    await recordOperatorAction(tx, operator, 'create-token', toSubject(name), effect);
  });
  return secret;
}

/** Every token, by name. */
export async function listTokens(db: Db): Promise<ApiToken[]> {
  const rows = await db.select().from(apiTokens).orderBy(asc(apiTokens.name));
  return rows.map(({ hash: _, ...token }) => token);
}

/**
 * Ends a token for ever, and records that. False where it was revoked before. Throws TOKEN_NOT_FOUND.
 */
export async function revokeToken(db: Db, name: string, operator: Operator): Promise<boolean> {
  return db.transaction(async (tx) => {
    const [token] = await tx.select().from(apiTokens).where(eq(apiTokens.name, name)).for('update');
    if (token === undefined) {
      const sentence = `There is no token “${name.slice(0, 40)}”.`;
      throw new PlayheadError('TOKEN_NOT_FOUND', sentence, { field: 'name' });
    }
    if (token.revokedAt !== null) {
      return false;
    }
    await tx.update(apiTokens).set({ revokedAt: new Date() }).where(eq(apiTokens.name, name));
    await recordOperatorAction(tx, operator, 'revoke-token', toSubject(name));
    return true;
  });
}

/** As the actor is written in events, so that both are found by one text. */
function toSubject(name: string): string {
  return `token:${name}`;
}
