import { z } from 'zod';

/** The longest address that mail can be sent to (RFC 5321). */
const MAX_ADDRESS_LENGTH = 254;

/**
 * An e-mail address in its one form: trimmed and in lower case. Letters of ASCII only, so that no two
 * addresses look the same; a domain of other letters is written as it is in DNS (`xn--…`).
 */
export const emailAddressSchema = z
  .string()
  .trim()
  .max(MAX_ADDRESS_LENGTH)
  // Tested before its case is changed: the Kelvin sign would become a "k".
  .regex(z.regexes.email, 'An e-mail address looks like “ada@example.com”.')
  .toLowerCase();

/** The address that a text means, in its one form; undefined when it is none. */
export function toEmailAddress(text: string): string | undefined {
  const parsed = emailAddressSchema.safeParse(text);
  return parsed.success ? parsed.data : undefined;
}
