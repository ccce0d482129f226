import { and, eq, gt, lte } from 'drizzle-orm';
import type { Db, Tx } from '#server/runtime/platform/postgres.ts';
import { type CODE_PURPOSES, oneTimeCodes } from './one-time-codes-table.ts';
import { createSecret, hashSecret, isSecret } from './secret.ts';

export type CodePurpose = (typeof CODE_PURPOSES)[number];

type NewCode = {
  readonly purpose: CodePurpose;
  /** Whom it is for; left out where that shows at its end only. */
  readonly subject?: string;
  readonly data?: Record<string, unknown>;
  readonly lifetimeMs: number;
};

/** A code that was taken: whom it was for, and what was kept with it. */
export type TakenCode = {
  readonly subject: string | null;
  readonly data: Record<string, unknown>;
};

/** Makes a code that works once. Answers with its secret, which can be read nowhere afterwards. */
export async function createCode(
  db: Db | Tx,
  { purpose, subject, data = {}, lifetimeMs }: NewCode,
  now: Date,
): Promise<string> {
  const secret = createSecret();
  await db.delete(oneTimeCodes).where(lte(oneTimeCodes.expiresAt, now));
  await db.insert(oneTimeCodes).values({
    hash: hashSecret(secret),
    purpose,
    subject: subject ?? null,
    data,
    expiresAt: new Date(now.getTime() + lifetimeMs),
  });
  return secret;
}

/** What a code that is still good is for, which it stays. */
export async function findCode(
  db: Db | Tx,
  purpose: CodePurpose,
  secret: string,
  now: Date,
): Promise<TakenCode | undefined> {
  if (!isSecret(secret)) {
    return undefined;
  }
  const [row] = await db
    .select()
    .from(oneTimeCodes)
    .where(isGood(purpose, hashSecret(secret), now));
  return row;
}

/** Uses a code up: of several who send it at once, one gets it. Undefined when it is no good (any more). */
export async function takeCode(
  db: Db | Tx,
  purpose: CodePurpose,
  secret: string,
  now: Date,
): Promise<TakenCode | undefined> {
  return isSecret(secret) ? takeHashed(db, purpose, hashSecret(secret), now) : undefined;
}

/** The same by what is stored of a code: for one that is kept while its owner is elsewhere. */
export async function takeHashed(
  db: Db | Tx,
  purpose: CodePurpose,
  hash: string,
  now: Date,
): Promise<TakenCode | undefined> {
  const [row] = await db
    .delete(oneTimeCodes)
    .where(isGood(purpose, hash, now))
    .returning();
  return row;
}

function isGood(purpose: CodePurpose, hash: string, now: Date) {
  return and(
    eq(oneTimeCodes.hash, hash),
    eq(oneTimeCodes.purpose, purpose),
    gt(oneTimeCodes.expiresAt, now),
  );
}
