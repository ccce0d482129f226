import { desc, eq } from 'drizzle-orm';
import type { SessionAnswer } from '#lib/contracts/sign-in.ts';
import { passkeys } from '#server/runtime/identity/credentials-table.ts';
import { listSessions } from '#server/runtime/identity/sessions.ts';
import type { WebContext } from '../context.ts';
import type { Principal } from './principal.ts';

/** So much of a session's hash names it among somebody's others. */
const ID_LENGTH = 16;

type Deps = Pick<WebContext, 'db' | 'now' | 'cookie'>;

/** Who is signed in here, where else, and by which passkeys. */
export async function getSessionAnswer(
  { db, now, cookie, principal }: Deps & { readonly principal: Principal },
  headers: Headers,
): Promise<SessionAnswer> {
  const { actor } = principal;
  const [open, keys] = await Promise.all([
    listSessions(db, actor, now()),
    db.select().from(passkeys).where(eq(passkeys.subject, actor)).orderBy(desc(passkeys.createdAt)),
  ]);
  const here = cookie.read(headers);
  return {
    viewer: principal,
    sessions: open.map(({ hash, method, address, userAgent, createdAt, expiresAt }) => ({
      id: toSessionId(hash),
      method,
      address,
      userAgent,
      createdAt: createdAt.toISOString(),
      expiresAt: expiresAt.toISOString(),
      isThis: hash === here,
    })),
    passkeys: keys.map(({ id, name: label, createdAt, lastUsedAt }) => ({
      id,
      name: label,
      createdAt: createdAt.toISOString(),
      lastUsedAt: lastUsedAt?.toISOString() ?? null,
    })),
  };
}

/** The name of a session among those of one person. */
export function toSessionId(hash: string): string {
  return hash.slice(0, ID_LENGTH);
}
