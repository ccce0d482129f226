import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { GET as getAccounts } from '#app/api/accounts/route.ts';
import { GET as getAudit } from '#app/api/audit/route.ts';
import { GET as getLive } from '#app/api/live/route.ts';
import { DELETE as endSession } from '#app/api/session/[id]/route.ts';
import { GET as getSession, DELETE as signOut } from '#app/api/session/route.ts';
import { POST as acceptInvitation } from '#app/api/sign-in/invitation/route.ts';
import { POST as signInByLink } from '#app/api/sign-in/link/route.ts';
import { POST as signInByPassword } from '#app/api/sign-in/password/route.ts';
import { POST as invite } from '#app/api/users/[userId]/invitation/route.ts';
import { auditPageSchema } from '#lib/contracts/audit.ts';
import { apiErrorSchema } from '#lib/contracts/queries.ts';
import { sessionAnswerSchema } from '#lib/contracts/sign-in.ts';
import { changeUserPermissions } from '#server/modules/users/commands/change-user-permissions.ts';
import { deactivateUser } from '#server/modules/users/commands/deactivate-user.ts';
import { registerUser } from '#server/modules/users/commands/register-user.ts';
import { createInvitation, createSignInLink } from '#server/runtime/identity/invitations.ts';
import { createTestBank, type TestBank } from '#server/testing/bank.ts';
import { getTestDynamoEndpoint } from '#server/testing/engines.ts';
import { FULL_REGISTRY } from '#server/testing/registry.ts';

// It throws outside of React's server environment.
vi.mock('server-only', () => ({}));
/** The headers of the request that a server action is called by. */
const asked = vi.hoisted(() => ({ headers: new Headers() }));
vi.mock('next/headers', () => ({ headers: async () => asked.headers }));

const BROWSER = 'A browser';
const PASSWORD = 'correct horse battery staple';

let bank: TestBank;

beforeAll(async () => {
  bank = await createTestBank(FULL_REGISTRY);
  vi.stubEnv('DYNAMODB_ENDPOINT', getTestDynamoEndpoint());
  vi.stubEnv('DATABASE_URL', bank.postgres.url);
  vi.stubEnv('TABLE_PREFIX', bank.dynamo.tables.events.replace(/events$/, ''));
  vi.stubEnv('LOG_LEVEL', 'silent');
});

afterAll(() => bank.close());

type Route = (request: Request, context: never) => Promise<Response>;

/** Asks a route, from a browser with that cookie. */
async function ask(
  route: Route,
  method = 'GET',
  {
    cookie,
    body,
    params = {},
    agent = BROWSER,
    token,
  }: {
    cookie?: string | undefined;
    body?: unknown;
    params?: Record<string, string>;
    agent?: string;
    token?: string;
  } = {},
) {
  const headers = new Headers({ Host: '127.0.0.1:3000', 'User-Agent': agent });
  if (cookie !== undefined) {
    headers.set('Cookie', cookie);
  }
  if (token !== undefined) {
    headers.set('Authorization', `Bearer ${token}`);
  }
  if (method === 'POST') {
    headers.set('Content-Type', 'application/json');
  }
  const init = { method, headers, ...(method === 'POST' && { body: JSON.stringify(body ?? {}) }) };
  const context = { params: Promise.resolve(params) };
  return route(new Request('http://127.0.0.1:3000/api/x', init), context as never);
}

const codeOf = async (response: Response) => apiErrorSchema.parse(await response.json()).error.code;

const cookieOf = (response: Response) => response.headers.get('set-cookie')?.split(';')[0];

async function signInLocally(): Promise<string | undefined> {
  const link = await createSignInLink(bank.postgres.db, new Date());
  return cookieOf(await ask(signInByLink, 'POST', { body: { code: link.split('#')[1] } }));
}

/** Registers a user, who holds these permissions. */
async function register(...grant: string[]) {
  const userId = `u-${randomUUID().slice(0, 8)}`;
  const email = `${userId}@example.com`;
  await bank.run(registerUser, { userId, email, name: 'Ada' });
  await bank.run(changeUserPermissions, { userId, grant });
  return { userId, email };
}

async function inviteUser(userId: string): Promise<string | undefined> {
  const path = await createInvitation(
    bank.postgres.db,
    `user:${userId}`,
    { actor: 'tester' },
    new Date(),
  );
  return path.split('#')[1];
}

/** A user of these permissions who is signed in. */
async function signInWith(...grant: string[]) {
  const user = await register(...grant);
  const body = { code: await inviteUser(user.userId), password: PASSWORD };
  return { ...user, cookie: cookieOf(await ask(acceptInvitation, 'POST', { body })) };
}

describe('the link of a start', () => {
  it('signs its operator in, once', async () => {
    const link = await createSignInLink(bank.postgres.db, new Date());
    const body = { code: link.split('#')[1] };
    const both = await Promise.all([1, 2].map(() => ask(signInByLink, 'POST', { body })));
    expect(both.map(({ status }) => status).sort()).toEqual([200, 403]);
    const cookie = both.map(cookieOf).find((each) => each !== undefined);
    expect((await ask(getAccounts, 'GET', { cookie })).status).toBe(200);
    const [row] = await bank.postgres.sql`SELECT * FROM playhead_identity.sessions`;
    expect(JSON.stringify(row)).not.toContain(cookie?.split('=')[1]);
  });

  it('is no good after an hour, and nor is any other text', async () => {
    const hourAgo = new Date(Date.now() - 3_600_000);
    const old = (await createSignInLink(bank.postgres.db, hourAgo)).split('#')[1];
    for (const code of [old, '', 'x'.repeat(43), await inviteUser('user-001')]) {
      const refused = await ask(signInByLink, 'POST', { body: { code } });
      expect(await codeOf(refused)).toBe('CODE_INVALID');
      expect(refused.headers.get('set-cookie')).toBeNull();
    }
  });
});

describe('a session', () => {
  it('ends with its sign-out, wherever its cookie is kept', async () => {
    const cookie = await signInLocally();
    await ask(signOut, 'DELETE', { cookie });
    expect(await codeOf(await ask(getAccounts, 'GET', { cookie }))).toBe('SIGN_IN_NEEDED');
  });

  it('ends when its cookie comes from another browser, and that is on record', async () => {
    const cookie = await signInLocally();
    const stolen = await ask(getAccounts, 'GET', { cookie, agent: 'A thief' });
    expect(await codeOf(stolen)).toBe('SIGN_IN_NEEDED');
    expect((await ask(getAccounts, 'GET', { cookie })).status).toBe(401);
    const [entry] = await bank.postgres.sql`
      SELECT action, subject FROM playhead.operator_actions ORDER BY id DESC LIMIT 1
    `;
    expect(entry).toEqual({ action: 'end-session', subject: 'local-operator' });
  });

  it('is no one’s whose cookie is made up, sent twice, or another port’s', async () => {
    const cookie = (await signInLocally()) ?? '';
    const [name, secret] = cookie.split('=');
    for (const forged of [
      `${name}=${'A'.repeat(43)}`,
      `${cookie}; ${cookie}`,
      `playhead_session_3001=${secret}`,
      `${name}=`,
    ]) {
      expect((await ask(getAccounts, 'GET', { cookie: forged })).status, forged).toBe(401);
    }
  });

  it('can be ended from another one of the same person, and of nobody else', async () => {
    const [mine, other] = [await signInLocally(), await signInLocally()];
    const { sessions } = sessionAnswerSchema.parse(
      await (await ask(getSession, 'GET', { cookie: mine })).json(),
    );
    expect(sessions.filter(({ isThis }) => isThis)).toHaveLength(1);
    const stranger = await signInWith('*:view');
    const [{ id } = { id: '' }] = sessions.filter(({ isThis }) => !isThis);
    const params = { id };
    const refused = await ask(endSession, 'DELETE', { cookie: stranger.cookie, params });
    expect(await codeOf(refused)).toBe('SESSION_NOT_FOUND');
    expect((await ask(endSession, 'DELETE', { cookie: mine, params })).status).toBe(200);
    expect((await ask(getAccounts, 'GET', { cookie: other })).status).toBe(401);
  });
});

describe('a user', () => {
  it('chooses a password by an invitation, once, and signs in by it', async () => {
    const { userId, email } = await register('bank:view');
    const code = await inviteUser(userId);
    for (const password of ['short', 'aaaaaaaaaaaaaaaaaaaa', `${email}!`]) {
      const weak = await ask(acceptInvitation, 'POST', { body: { code, password } });
      expect(await codeOf(weak)).toBe('PASSWORD_TOO_WEAK');
    }
    const body = { code, password: PASSWORD };
    const accepted = await ask(acceptInvitation, 'POST', { body });
    expect(accepted.headers.get('set-cookie')).toMatch(/; HttpOnly; SameSite=Lax$/);
    expect(await codeOf(await ask(acceptInvitation, 'POST', { body }))).toBe('CODE_INVALID');
    const right = { email: ` ${email.toUpperCase()}`, password: PASSWORD };
    const cookie = cookieOf(await ask(signInByPassword, 'POST', { body: right }));
    expect((await ask(getAccounts, 'GET', { cookie })).status).toBe(200);
    const rows = await bank.postgres.sql`SELECT * FROM playhead_identity.passwords`;
    expect(JSON.stringify(rows)).not.toContain(PASSWORD);
  });

  it('is refused in the same words whatever is wrong, and not for ever tried', async () => {
    const { email } = await signInWith('bank:view');
    const answers = [];
    for (const body of [
      { email: 'nobody@example.com', password: PASSWORD },
      { email: 'no address', password: PASSWORD },
      ...Array.from({ length: 11 }, () => ({ email, password: 'wrong' })),
    ]) {
      const response = await ask(signInByPassword, 'POST', { body });
      answers.push([response.status, await response.text()].join(' '));
    }
    expect(new Set(answers.slice(0, 12)).size).toBe(1);
    expect(answers[0]).toMatch(/^403 .*SIGN_IN_REFUSED/);
    expect(answers[12]).toMatch(/^429 .*TOO_MANY_SIGN_INS/);
  });

  it('who is deactivated is signed in nowhere, and can be invited no more', async () => {
    const { userId, email, cookie } = await signInWith('*:view');
    expect((await ask(getAccounts, 'GET', { cookie })).status).toBe(200);
    const code = await inviteUser(userId);
    await bank.run(deactivateUser, { userId });
    await expect.poll(async () => (await ask(getAccounts, 'GET', { cookie })).status).toBe(401);
    const body = { email, password: PASSWORD };
    expect(await codeOf(await ask(signInByPassword, 'POST', { body }))).toBe('SIGN_IN_REFUSED');
    const again = await ask(acceptInvitation, 'POST', { body: { code, password: PASSWORD } });
    expect(await codeOf(again)).toBe('CODE_INVALID');
  });

  it('loses what was taken away within seconds, with the stream that is open', async () => {
    const { userId, cookie } = await signInWith('*:view');
    const stream = await ask(getLive, 'GET', { cookie });
    expect(stream.status).toBe(200);
    await bank.run(changeUserPermissions, { userId, revoke: ['*:view'] });
    const reader = stream.body?.getReader();
    const read = async () => (await reader?.read())?.done ?? true;
    while (!(await read())) {
      // What was sent before.
    }
    expect((await ask(getAccounts, 'GET', { cookie })).status).toBe(403);
  });

  it('is invited by who administers users, and by nobody else', async () => {
    const { userId } = await register();
    const params = { userId };
    const viewer = await signInWith('users:view', 'users:commands');
    const refused = await ask(invite, 'POST', { cookie: viewer.cookie, params });
    expect(await codeOf(refused)).toBe('RIGHT_MISSING');
    const administrator = await signInWith('users:administration');
    const invited = await ask(invite, 'POST', { cookie: administrator.cookie, params });
    const { path } = z.object({ path: z.string() }).parse(await invited.json());
    const body = { code: path.split('#')[1], password: PASSWORD };
    expect((await ask(acceptInvitation, 'POST', { body })).status).toBe(200);
  });
});

it('sign-ins and refusals are on record: who, what, why, and from where', async () => {
  const { userId, cookie } = await signInWith('bank:view');
  await ask(getAudit, 'GET', { cookie });
  const local = await signInLocally();
  const page = auditPageSchema.parse(await (await ask(getAudit, 'GET', { cookie: local })).json());
  const actions = page.items.filter(({ actor }) => actor === `user:${userId}`);
  expect(actions.map(({ action }) => action)).toEqual(['refuse', 'sign-in', 'choose-password']);
  expect(actions[0]).toMatchObject({ subject: '*:operations', origin: 'unknown' });
  expect(actions[0]?.effect.why).toMatch(/needs the permission \*:operations/);
});

describe('every route and every action', () => {
  /** What everybody may ask: to sign in, and whether Playhead runs. */
  const PUBLIC = [
    'DELETE session',
    'GET health',
    'GET sign-in/provider',
    ...['invitation', 'link', 'passkey', 'passkey/options', 'password'].map(
      (each) => `POST sign-in/${each}`,
    ),
  ];
  /** What whoever is signed in may ask, about themselves. */
  const OWN = ['GET session', 'DELETE session/[id]', 'POST session/passkeys'].concat([
    'POST session/passkeys/options',
    'DELETE session/passkeys/[id]',
  ]);
  const API = join(import.meta.dirname, '../../../app/api');

  async function listRoutes() {
    const files = readdirSync(API, { recursive: true, encoding: 'utf8' });
    const routes = [];
    for (const file of files.filter((each) => each.endsWith('route.ts'))) {
      const path = file.replace(/\/route\.ts$/, '');
      const methods: Record<string, Route> = await import(join(API, file));
      routes.push(
        ...Object.entries(methods).map(([method, route]) => ({
          name: `${method} ${path}`,
          method,
          route,
        })),
      );
    }
    // Programs' own door has a test of its own.
    return routes.filter(({ name }) => !/ (v1)(\/|$)/.test(name));
  }

  const params = {
    ...{ accountId: 'A-1', type: 'account', id: 'A-1', eventId: 'x', list: 'user-profiles' },
    ...{ userId: 'u', projectId: 'p', templateId: 't', correlationId: 'c' },
  };

  async function countEvents(): Promise<number> {
    const TableName = bank.dynamo.tables.events;
    const { Count = 0 } = await bank.dynamo.client.send(
      new ScanCommand({ TableName, Select: 'COUNT' }),
    );
    return Count;
  }

  it('is refused to who is not signed in', async () => {
    const routes = await listRoutes();
    const open = [];
    for (const { name, method, route } of routes) {
      const { status } = await ask(route, method, { params });
      if (status !== 401) {
        open.push(name);
      }
    }
    expect(routes.length).toBeGreaterThan(60);
    expect(open.sort()).toEqual([...PUBLIC].sort());
  });

  it('is refused to who holds no permission', async () => {
    const { cookie } = await signInWith();
    const open = [];
    for (const { name, method, route } of await listRoutes()) {
      // Which would sign them out.
      if (name !== 'DELETE session') {
        const { status } = await ask(route, method, { params, cookie });
        if (status !== 403 || PUBLIC.includes(name)) {
          open.push(name);
        }
      }
    }
    const expected = [...PUBLIC, ...OWN].filter((name) => name !== 'DELETE session');
    // A local operator alone may have none, and so may a person: what it says is about themselves.
    const all = new Set([...open, 'POST session/passkeys', 'DELETE session/passkeys/[id]']);
    expect([...all].sort()).toEqual(expected.sort());
  });

  it('writes nothing for who may only view', async () => {
    const { cookie = '' } = await signInWith('*:view');
    const before = await countEvents();
    asked.headers = new Headers({ Cookie: cookie, 'User-Agent': BROWSER });
    await expectActions('RIGHT_MISSING');
    asked.headers = new Headers();
    await expectActions('SIGN_IN_NEEDED');
    expect(await countEvents()).toBe(before);
    expect(await bank.postgres.sql`SELECT id FROM playhead.operations`).toEqual([]);
  });

  async function expectActions(code: string) {
    const folder = join(import.meta.dirname, '../../../app/actions');
    for (const file of readdirSync(folder)) {
      const actions: Record<string, (...args: unknown[]) => Promise<unknown>> = await import(
        join(folder, file)
      );
      for (const [name, action] of Object.entries(actions)) {
        const input = { commandId: randomUUID(), id: randomUUID(), kind: 'pause', input: {} };
        const given = action.length === 2 ? ['RegisterUser', input] : [input];
        expect(await action(...given), name).toMatchObject({ ok: false, code });
      }
    }
  }

  it('asks for a right where it is a page', () => {
    const app = join(import.meta.dirname, '../../../app');
    const pages = readdirSync(app, { recursive: true, encoding: 'utf8' }).filter(
      (file) => file.endsWith('page.tsx') && !file.startsWith('sign-in/'),
    );
    expect(pages.length).toBeGreaterThan(15);
    for (const file of pages) {
      expect(readFileSync(join(app, file), 'utf8'), file).toMatch(
        /export default async function \w+\([^)]*\) \{\n( {2}const .*\n)? {2}await requirePage\(/,
      );
    }
  });
});
