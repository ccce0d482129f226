import { createSecret, isSecret } from '#server/runtime/identity/secret.ts';

/** Tells a token from other secrets, where one is found that should not be there. */
const MARK = 'ph_';

/** So much of a secret is shown in lists. */
const PREFIX_LENGTH = 9;

/** A new token's secret. */
export function createTokenSecret(): string {
  return `${MARK}${createSecret()}`;
}

/** Whether a text has the form of a token's secret. */
export function isTokenSecret(text: string): boolean {
  return text.startsWith(MARK) && isSecret(text.slice(MARK.length));
}

/** The beginning of a secret, by which people tell it from others. */
export function toTokenPrefix(secret: string): string {
  return secret.slice(0, PREFIX_LENGTH);
}
