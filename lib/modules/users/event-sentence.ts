import { z } from 'zod';
import { toEventTypeName } from '#lib/event-type-name.ts';
import { showUnseenLines } from '#lib/unseen-text.ts';

const registered = z.object({ name: z.string() });
const updated = z.object({ email: z.string().optional(), name: z.string().optional() });
const changed = z.object({ granted: z.array(z.string()), revoked: z.array(z.string()) });
const deactivated = z.object({ reason: z.string().optional() });
const address = z.object({ userId: z.string() });

type Happened = { readonly eventType: string; readonly eventData: unknown };

/**
 * What happened, as a person says it: "Registered as Ada Lovelace". An event whose payload is
 * of an unknown shape is named by its type, "User registered"; undefined for one of an unknown type.
 */
export function toUserEventSentence({ eventType, eventData }: Happened): string | undefined {
  switch (eventType) {
    case 'UserRegistered':
      return say(registered, ({ name }) => `Registered as ${name}`);
    case 'UserProfileUpdated':
      return say(updated, ({ email, name }) => toUpdateSentence(email, name));
    case 'UserPermissionsChanged':
      return say(changed, ({ granted, revoked }) => toChangeSentence(granted, revoked));
    case 'UserDeactivated':
      return say(deactivated, ({ reason }) => (reason ? `Deactivated: ${reason}` : 'Deactivated'));
    case 'EmailClaimed':
      return say(address, ({ userId }) => `Claimed by ${userId}`);
    case 'EmailReleased':
      return say(address, ({ userId }) => `Released by ${userId}`);
    default:
      return undefined;
  }

  function say<T>(schema: z.ZodType<T>, sentence: (data: T) => string): string {
    const parsed = schema.safeParse(eventData);
    return parsed.success ? showUnseenLines(sentence(parsed.data)) : toEventTypeName(eventType);
  }
}

function toUpdateSentence(email: string | undefined, name: string | undefined): string {
  const parts = [name && `name to ${name}`, email && `e-mail address to ${email}`].filter(Boolean);
  return `Changed the ${parts.join(' and the ')}`;
}

function toChangeSentence(granted: readonly string[], revoked: readonly string[]): string {
  const parts = [
    granted.length > 0 && `granted ${granted.join(', ')}`,
    revoked.length > 0 && `revoked ${revoked.join(', ')}`,
  ].filter((part) => part !== false);
  const sentence = parts.join('; ');
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}
