import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';

/**
 * The cost of one guess: 64 MiB of memory twice, as OWASP's Password Storage Cheat Sheet has it for scrypt
 * (N = 2^16, r = 8, p = 2).
 */
const COST = { N: 2 ** 16, r: 8, p: 2 };
const MAX_MEMORY = 256 * 1024 * 1024;
const KEY_BYTES = 32;

/** What is stored of a password: `scrypt$<N>$<r>$<p>$<salt>$<key>`, both base64url. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const key = await derive(password, salt, COST);
  const { N, r, p } = COST;
  return ['scrypt', N, r, p, salt.toString('base64url'), key.toString('base64url')].join('$');
}

/**
 * Whether a password is the one of that hash. Without a hash it takes as long and is not, so that nobody
 * learns from the time who has a password here.
 */
export async function isPassword(password: string, hash: string | undefined): Promise<boolean> {
  const [scheme, N, r, p, salt = '', key = ''] = (hash ?? '').split('$');
  if (scheme !== 'scrypt') {
    await derive(password, Buffer.alloc(16), COST);
    return false;
  }
  const cost = { N: Number(N), r: Number(r), p: Number(p) };
  const derived = await derive(password, Buffer.from(salt, 'base64url'), cost);
  const stored = Buffer.from(key, 'base64url');
  return stored.length === derived.length && timingSafeEqual(stored, derived);
}

/** One keyboard composes an "é" and another one does not: both are the same password. */
function derive(password: string, salt: Buffer, cost: typeof COST): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(
      password.normalize('NFKC'),
      salt,
      KEY_BYTES,
      { ...cost, maxmem: MAX_MEMORY },
      (error, key) => (error ? reject(error) : resolve(key)),
    );
  });
}
