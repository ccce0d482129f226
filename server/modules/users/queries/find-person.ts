import { z } from 'zod';
import { toEmailAddress } from '#lib/modules/users/email-address.ts';
import type { EventStore } from '#server/runtime/event-store/event-store.ts';
import { toEmailAggregateId, toUserAggregateId } from '../domain/user-aggregate-ids.ts';

/** A user who may sign in: as the events say at this moment, and not as a view shows it. */
export type Person = {
  readonly userId: string;
  readonly name: string;
  readonly email: string;
  readonly permissions: readonly string[];
};

const activeSchema = z.object({
  status: z.literal('active'),
  name: z.string(),
  email: z.string(),
  permissions: z.array(z.string()),
});

const claimedSchema = z.object({ status: z.literal('claimed'), userId: z.string() });

/** The user of that id; undefined for who is not registered, or deactivated. Throws what `load` throws. */
export async function findPerson(
  store: Pick<EventStore, 'load'>,
  userId: string,
): Promise<Person | undefined> {
  const { state } = await store.load(toUserAggregateId(userId));
  const active = activeSchema.safeParse(state).data;
  return active && { ...active, userId };
}

/** The user whose address that is, as people write it. */
export async function findPersonByEmail(
  store: Pick<EventStore, 'load'>,
  email: string,
): Promise<Person | undefined> {
  const address = toEmailAddress(email);
  if (address === undefined) {
    return undefined;
  }
  const { state } = await store.load(toEmailAggregateId(address));
  const claimed = claimedSchema.safeParse(state).data;
  return claimed && findPerson(store, claimed.userId);
}
