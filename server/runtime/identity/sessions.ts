import { and, desc, eq, gt, lte } from 'drizzle-orm';
import type { Db, Tx } from '#server/runtime/platform/postgres.ts';
import { createSecret, hashSecret } from './secret.ts';
import { type SIGN_IN_METHODS, sessions } from './sessions-table.ts';

/** Somebody who is signed in stays so for this long, whatever they do. */
export const SESSION_MS = 7 * 24 * 3_600_000;

export type SignInMethod = (typeof SIGN_IN_METHODS)[number];

/** Who is signed in where; `hash` names the session and opens nothing. */
export type Session = typeof sessions.$inferSelect;

type NewSession = Pick<Session, 'subject' | 'method' | 'address' | 'userAgent'>;

/** Signs somebody in. Answers with the cookie's secret, which can be read nowhere afterwards. */
export async function createSession(db: Db | Tx, session: NewSession, now: Date): Promise<string> {
  const secret = createSecret();
  await db.delete(sessions).where(lte(sessions.expiresAt, now));
  await db.insert(sessions).values({
    ...session,
    hash: hashSecret(secret),
    expiresAt: new Date(now.getTime() + SESSION_MS),
  });
  return secret;
}

/** The session of a cookie's hash, while it lasts. */
export async function findSession(db: Db, hash: string, now: Date): Promise<Session | undefined> {
  const [row] = await db
    .select()
    .from(sessions)
    .where(and(eq(sessions.hash, hash), gt(sessions.expiresAt, now)));
  return row;
}

/** Where somebody is signed in, newest first. */
export function listSessions(db: Db, subject: string, now: Date): Promise<Session[]> {
  return db
    .select()
    .from(sessions)
    .where(and(eq(sessions.subject, subject), gt(sessions.expiresAt, now)))
    .orderBy(desc(sessions.createdAt));
}

/** Ends a session of somebody. False when there is none. */
export async function endSession(db: Db | Tx, subject: string, hash: string): Promise<boolean> {
  const ended = await db
    .delete(sessions)
    .where(and(eq(sessions.hash, hash), eq(sessions.subject, subject)))
    .returning({ hash: sessions.hash });
  return ended.length > 0;
}

/** Ends every session of somebody. */
export async function endSessionsOf(db: Db | Tx, subject: string): Promise<void> {
  await db.delete(sessions).where(eq(sessions.subject, subject));
}
