import type { Db } from '#server/runtime/platform/postgres.ts';
import {
  type Operator,
  recordOperatorAction,
} from '#server/runtime/views/record-operator-action.ts';
import { createCode } from './one-time-codes.ts';

/** An invitation waits for a person to read their mail. */
const INVITATION_MS = 3 * 24 * 3_600_000;

/** The link of a start is opened at once, or asked for again. */
const LINK_MS = 3_600_000;

/** The path of an invitation: the code is behind the #, which no server and no log sees. */
export const INVITATION_PATH = '/sign-in/invitation#';

/** The path by which the local operator signs in. */
export const LINK_PATH = '/sign-in#';

/** Invites somebody (`user:<id>`) to choose a password, and records that. Answers with the path that they open. */
export async function createInvitation(
  db: Db,
  subject: string,
  operator: Operator,
  now: Date,
): Promise<string> {
  return db.transaction(async (tx) => {
    const purpose = 'invitation';
    const code = await createCode(tx, { purpose, subject, lifetimeMs: INVITATION_MS }, now);
    await recordOperatorAction(tx, operator, 'invite', subject);
    return INVITATION_PATH + code;
  });
}

/** Lets whoever opens the path be the local operator, once. */
export async function createSignInLink(db: Db, now: Date): Promise<string> {
  return LINK_PATH + (await createCode(db, { purpose: 'link', lifetimeMs: LINK_MS }, now));
}
