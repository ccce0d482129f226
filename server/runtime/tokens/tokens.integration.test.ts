import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createTestBank, type TestBank } from '#server/testing/bank.ts';
import { createOpsLine } from '#server/testing/ops-line.ts';
import { createTokenCheck } from './create-token-check.ts';

const DAY_MS = 86_400_000;
const madeSchema = z.object({ secret: z.string(), expiresAt: z.string() });

let bank: TestBank;
let ops: ReturnType<typeof createOpsLine>;

beforeAll(async () => {
  bank = await createTestBank();
  ops = createOpsLine(bank);
});

afterAll(() => bank.close());

async function makeToken(name: string, rest = '--scope bank:view') {
  const { out } = await ops(`tokens create --name ${name} ${rest} --json`);
  return madeSchema.parse(JSON.parse(out));
}

/** A check as another process has it, at a time from now in milliseconds. */
const checkIn = (ms: number) =>
  createTokenCheck({ db: bank.postgres.db, now: () => new Date(Date.now() + ms) });

describe('a token', () => {
  it('is known by its secret until its end, and stored without it', async () => {
    const { secret } = await makeToken('till', '--scope bank:commands bank:view --days 2');
    const check = checkIn(0);
    const scopes = ['bank:commands', 'bank:view'];
    expect(await check(`Bearer ${secret}`)).toMatchObject({ name: 'till', scopes });
    expect(await check(`bearer  ${secret}`)).toMatchObject({ name: 'till' });
    await expect(checkIn(2 * DAY_MS)(`Bearer ${secret}`)).rejects.toMatchObject({
      code: 'TOKEN_INVALID',
      message: expect.stringContaining('has expired'),
    });
    const rows = await bank.postgres.sql`SELECT * FROM playhead.api_tokens`;
    expect(JSON.stringify(rows)).not.toContain(secret.slice(12));
    const [action] = await bank.postgres.sql`SELECT * FROM playhead.operator_actions`;
    expect(action).toMatchObject({ action: 'create-token', subject: 'token:till', actor: 'ops' });
    expect(JSON.stringify(action)).not.toContain(secret.slice(12));
  });

  it('says when it was last used, to the minute', async () => {
    const { secret } = await makeToken('used');
    expect((await ops('tokens list')).out).toMatch(/^used .* valid .* never$/m);
    await checkIn(0)(`Bearer ${secret}`);
    const { out } = await ops('tokens list --json');
    const [first] = z
      .object({
        tokens: z.array(z.object({ name: z.string(), lastUsedAt: z.string().nullable() })),
      })
      .parse(JSON.parse(out))
      .tokens.filter(({ name }) => name === 'used');
    expect(first?.lastUsedAt).toEqual(expect.any(String));
    await checkIn(1_000)(`Bearer ${secret}`);
    expect((await ops('tokens list --json')).out).toContain(`"${first?.lastUsedAt}"`);
  });

  it('ends when it is revoked, for ever and with its name', async () => {
    const { secret } = await makeToken('gone');
    expect(await ops('tokens revoke --name gone')).toMatchObject({ code: 1 });
    expect((await ops('tokens revoke --name gone --reason "left"')).out).toBe('gone is revoked.\n');
    expect((await ops('tokens revoke --name gone --reason "left"')).out).toContain('already');
    await expect(checkIn(0)(`Bearer ${secret}`)).rejects.toMatchObject({
      code: 'TOKEN_INVALID',
      message: expect.stringContaining('was revoked'),
    });
    const again = await ops('tokens create --name gone --scope *:view');
    expect(again.err).toMatch(/^TOKEN_NAME_TAKEN: /);
  });

  it.each([
    ['--name x', 'INVALID_INPUT: Say what it may do.'],
    ['--name x --scope bank:command', 'INVALID_INPUT: There is no scope “bank:command”.'],
    ['--name x --scope *:view nobody:view', 'INVALID_INPUT: There is no scope “nobody:view”.'],
    ['--scope *:view', 'INVALID_INPUT: Say which token'],
    ['--name X --scope *:view', 'INVALID_INPUT: --name has lower-case'],
    ['--name x --scope *:view --days 0', 'INVALID_INPUT: --days is at least 1.'],
  ])('is not made with %s', async (line, sentence) => {
    const { code, err } = await ops(`tokens create ${line}`);
    expect(code).toBe(1);
    expect(err).toContain(sentence);
  });
});

it.each([
  [null, 'TOKEN_MISSING'],
  ['', 'TOKEN_INVALID'],
  ['Bearer', 'TOKEN_INVALID'],
  ['Bearer ph_short', 'TOKEN_INVALID'],
  ['Basic b3BzOm9wcw==', 'TOKEN_INVALID'],
  [`Bearer ph_${'A'.repeat(43)}`, 'TOKEN_INVALID'],
  [`Bearer ph_${'A'.repeat(43)}' OR 1=1`, 'TOKEN_INVALID'],
])('the header %j is no token’s', async (header, code) => {
  await expect(checkIn(0)(header)).rejects.toMatchObject({ code });
});
