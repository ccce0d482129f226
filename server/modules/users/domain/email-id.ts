import { createHash } from 'node:crypto';
import { toEmailAddress } from '#lib/modules/users/email-address.ts';

const EMAIL_ID = /^[0-9a-f]{64}$/i;

/**
 * The id of an address's aggregate: the SHA-256 of its one form, so that no address stands in a key, a URL
 * or a log line (docs/adr/0024-addresses-are-unique-by-an-aggregate-of-their-own.md).
 */
export function toEmailId(address: string): string {
  return createHash('sha256').update(address).digest('hex');
}

/** The id that a person means: by the address itself, or by the id. Undefined for what is neither. */
export function parseEmailId(text: string): string | undefined {
  const trimmed = text.trim();
  if (EMAIL_ID.test(trimmed)) {
    return trimmed.toLowerCase();
  }
  const address = toEmailAddress(trimmed);
  return address === undefined ? undefined : toEmailId(address);
}
