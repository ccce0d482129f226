import { createHash, randomBytes } from 'node:crypto';

const SECRET = /^ph_[\w-]{43}$/;

/** So much of a secret is shown in lists. */
const PREFIX_LENGTH = 9;

/** A new token's secret: 32 random bytes in characters that a header takes, behind `ph_`. */
export function createTokenSecret(): string {
  return `ph_${randomBytes(32).toString('base64url')}`;
}

/** Whether a text has the form of a secret. */
export function isTokenSecret(text: string): boolean {
  return SECRET.test(text);
}

/** What is stored of a secret: its SHA-256, hexadecimal. A random secret of 256 bits needs no salt. */
export function hashTokenSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

/** The beginning of a secret, by which people tell it from others. */
export function toTokenPrefix(secret: string): string {
  return secret.slice(0, PREFIX_LENGTH);
}
