import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { GET as getAccounts } from '#app/api/accounts/route.ts';
import { GET as begin } from '#app/api/sign-in/provider/route.ts';
import { GET as end } from '#app/sign-in/provider/route.ts';
import { changeUserPermissions } from '#server/modules/users/commands/change-user-permissions.ts';
import { registerUser } from '#server/modules/users/commands/register-user.ts';
import { createInvitation } from '#server/runtime/identity/invitations.ts';
import { createTestBank, type TestBank } from '#server/testing/bank.ts';
import { getTestDynamoEndpoint } from '#server/testing/engines.ts';
import { startTestProvider, type TestProvider } from '#server/testing/oidc-provider.ts';
import { FULL_REGISTRY } from '#server/testing/registry.ts';

// It throws outside of React's server environment.
vi.mock('server-only', () => ({}));

const HEADERS = { Host: '127.0.0.1:3000', 'User-Agent': 'A browser' };

let bank: TestBank;
let provider: TestProvider;

beforeAll(async () => {
  [bank, provider] = await Promise.all([
    createTestBank(FULL_REGISTRY),
    startTestProvider('playhead'),
  ]);
  vi.stubEnv('DYNAMODB_ENDPOINT', getTestDynamoEndpoint());
  vi.stubEnv('DATABASE_URL', bank.postgres.url);
  vi.stubEnv('TABLE_PREFIX', bank.dynamo.tables.events.replace(/events$/, ''));
  vi.stubEnv('LOG_LEVEL', 'silent');
  vi.stubEnv('OIDC_ISSUER', provider.issuer);
  vi.stubEnv('OIDC_CLIENT_ID', 'playhead');
  vi.stubEnv('OIDC_CLIENT_SECRET', 'secret');
});

afterAll(async () => {
  await Promise.all([bank.close(), provider.close()]);
});

const cookiesOf = (response: Response) =>
  response.headers.getSetCookie().map((cookie) => cookie.split(';')[0] ?? '');

/** Begins a sign-in, and answers with the address that the provider leads back to. */
async function go(search = '') {
  const begun = await begin(
    new Request(`http://127.0.0.1:3000/api/sign-in/provider${search}`, { headers: HEADERS }),
  );
  const to = begun.headers.get('location') ?? '';
  const { headers } = await fetch(to, { redirect: 'manual' });
  return { back: headers.get('location') ?? '', cookie: cookiesOf(begun).join('; ') };
}

async function comeBack(back: string, cookie: string) {
  const response = await end(new Request(back, { headers: { ...HEADERS, Cookie: cookie } }));
  const session = cookiesOf(response).find((each) => /^playhead_session_\d+=./.test(each));
  return { location: response.headers.get('location'), session };
}

async function signIn(search = '') {
  const { back, cookie } = await go(search);
  return comeBack(back, cookie);
}

async function isSignedIn(cookie: string | undefined): Promise<boolean> {
  const headers = { ...HEADERS, Cookie: cookie ?? '' };
  return (await getAccounts(new Request('http://127.0.0.1:3000/api/accounts', { headers }))).ok;
}

async function inviteFresh(): Promise<string> {
  const userId = `u-${randomUUID().slice(0, 8)}`;
  await bank.run(registerUser, { userId, email: `${userId}@example.com`, name: 'Ada' });
  await bank.run(changeUserPermissions, { userId, grant: ['bank:view'] });
  const by = { actor: 'tester' };
  const path = await createInvitation(bank.postgres.db, `user:${userId}`, by, new Date());
  return path.split('#')[1] ?? '';
}

it('lets in who has linked the account by an invitation, and nobody else', async () => {
  provider.next = { account: 'ada' };
  const stranger = await signIn();
  expect(stranger).toEqual({ location: '/sign-in?problem=unknown-account', session: undefined });
  const invitation = await inviteFresh();
  const linked = await signIn(`?invitation=${invitation}`);
  expect(linked.location).toBe('/');
  expect(await isSignedIn(linked.session)).toBe(true);
  const again = await signIn('?next=%2Faccounts%3Fq%3Da');
  expect(again.location).toBe('/accounts?q=a');
  expect(await isSignedIn(again.session)).toBe(true);
  provider.next = { account: 'mallory' };
  expect((await signIn(`?invitation=${invitation}`)).session).toBeUndefined();
});

it('leads to no other site', async () => {
  provider.next = { account: 'ada-2' };
  await signIn(`?invitation=${await inviteFresh()}`);
  expect((await signIn('?next=%2F%2Fevil.example')).location).toBe('/');
});

it('is refused with another nonce, another audience, another state, and a second time', async () => {
  provider.next = { account: 'ada-3' };
  await signIn(`?invitation=${await inviteFresh()}`);
  for (const wrong of [{ nonce: 'other' }, { audience: 'another-client' }]) {
    provider.next = { account: 'ada-3', ...wrong };
    expect(await signIn()).toEqual({ location: '/sign-in?problem=provider', session: undefined });
  }
  provider.next = { account: 'ada-3' };
  const { back, cookie } = await go();
  expect(
    (await comeBack(back.replace(/state=[^&]+/, 'state=forged'), cookie)).session,
  ).toBeUndefined();
  const fresh = await go();
  expect((await comeBack(fresh.back, '')).session).toBeUndefined();
  expect((await comeBack(fresh.back, fresh.cookie)).session).toBeDefined();
  expect((await comeBack(fresh.back, fresh.cookie)).session).toBeUndefined();
});
