import { z } from 'zod';
import { isOfType } from '#lib/aggregate-id.ts';
import type { Check } from '../../checks/check.ts';
import type { World } from '../../checks/world.ts';
import type { SentCommand } from '../../command-log.ts';

const dataSchema = z.object({ email: z.string().optional() });

/**
 * No e-mail address ever belonged to two active users: told from the users' own events alone, in the order
 * in which they were written, without the aggregates by which the module keeps it so.
 */
export function checkEmailAddresses(_: readonly SentCommand[], { events }: World): Check {
  const problems: string[] = [];
  const addressOf = new Map<string, string>();
  const activeUserOf = new Map<string, string>();
  const release = (user: string) => {
    const address = addressOf.get(user);
    if (address !== undefined && activeUserOf.get(address) === user) {
      activeUserOf.delete(address);
    }
  };
  for (const { aggregateId: user, eventSequence, eventType, eventData } of events) {
    if (!isOfType('user', user)) {
      continue;
    }
    const { email } = dataSchema.parse(eventData);
    if (eventType === 'UserDeactivated') {
      release(user);
    } else if (email !== undefined) {
      const other = activeUserOf.get(email);
      if (other !== undefined && other !== user) {
        problems.push(
          `Event ${user}/${eventSequence} takes the address of ${other}, who is active.`,
        );
      }
      release(user);
      addressOf.set(user, email);
      activeUserOf.set(email, user);
    }
  }
  const figure = `${addressOf.size} users, ${activeUserOf.size} addresses of active ones`;
  return { name: 'an e-mail address is one user’s', figure, problems };
}
