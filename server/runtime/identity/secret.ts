import { createHash, randomBytes } from 'node:crypto';

/** A new secret: 32 random bytes in characters that headers, cookies and addresses take. */
export function createSecret(): string {
  return randomBytes(32).toString('base64url');
}

/** Whether a text has the form of a secret. */
export function isSecret(text: string): boolean {
  return /^[\w-]{43}$/.test(text);
}

/** What is stored of a secret: its SHA-256, hexadecimal. A random secret of 256 bits needs no salt. */
export function hashSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}
