import { randomUUID } from 'node:crypto';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { DELETE, GET, POST } from '#app/api/v1/[...path]/route.ts';
import { commandResultSchema } from '#lib/contracts/commands.ts';
import { PAGE_LINKS } from '#lib/contracts/page-links.ts';
import { shownSecretSchema } from '#lib/contracts/webhooks.ts';
import { accountAnswerSchema, accountsPageSchema } from '#lib/modules/bank/queries.ts';
import { PERMISSION_ACTIONS } from '#lib/permission-actions.ts';
import { createToken, revokeToken } from '#server/runtime/tokens/manage-tokens.ts';
import { createTestBank, type TestBank } from '#server/testing/bank.ts';
import { getTestDynamoEndpoint } from '#server/testing/engines.ts';
import { type Likely, prepareEndpoint } from '#server/testing/prepare-endpoint.ts';
import { FULL_REGISTRY } from '#server/testing/registry.ts';
import { walkPages } from '#server/testing/walk-pages.ts';
import { getWebContext } from '../context.ts';
import type { JsonSchema } from './api-endpoint.ts';
import { toEndpoints } from './endpoints.ts';

import { problemSchema } from './problem-answer.ts';

// It throws outside of React's server environment.
vi.mock('server-only', () => ({}));

const walkedSchema = z.object({ items: z.array(z.unknown()), ...PAGE_LINKS });

let bank: TestBank;
let secret: string;

beforeAll(async () => {
  bank = await createTestBank(FULL_REGISTRY);
  vi.stubEnv('DYNAMODB_ENDPOINT', getTestDynamoEndpoint());
  vi.stubEnv('DATABASE_URL', bank.postgres.url);
  vi.stubEnv('TABLE_PREFIX', bank.dynamo.tables.events.replace(/events$/, ''));
  vi.stubEnv('LOG_LEVEL', 'silent');
  secret = await makeToken('till', ['*:commands', '*:view', '*:operations', '*:administration']);
});

afterAll(() => bank.close());

const makeToken = (name: string, scopes: string[], expiresAt = new Date(Date.now() + 600_000)) =>
  createToken(bank.postgres.db, { name, scopes, expiresAt }, { actor: 'tester' });

function toRequest(path: string, init: RequestInit = {}, token: string | null = secret) {
  const headers = new Headers(init.headers);
  if (token !== null) {
    headers.set('Authorization', `Bearer ${token}`);
  }
  return new Request(`http://127.0.0.1:3000/api/v1${path}`, { ...init, headers });
}

const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
  POST(toRequest(path, { method: 'POST', body: JSON.stringify(body), headers }));

const send = (method: string, path: string, body: unknown) =>
  POST(toRequest(path, { method, body: JSON.stringify(body) }));

const get = (path: string) => GET(toRequest(path));

async function openFresh(): Promise<string> {
  const number = `A-${randomUUID().slice(0, 8).toUpperCase()}`;
  await post('/accounts', { number, owner: 'Ada', currency: 'EUR' });
  return number;
}

async function expectProblem(response: Response, status: number, code: string, field?: string) {
  expect(response.status).toBe(status);
  expect(response.headers.get('Content-Type')).toBe('application/problem+json');
  const problem = problemSchema.parse(await response.json());
  expect(problem).toMatchObject({ status, code, ...(field === undefined ? {} : { field }) });
  expect(problem.detail).not.toBe('');
}

const versionOf = async (number: string) => (await bank.store.load(`account#${number}`)).version;

describe('a command', () => {
  it('that creates something says where it is, and by whom it was sent', async () => {
    const number = `A-${randomUUID().slice(0, 8).toUpperCase()}`;
    const response = await post('/accounts', {
      number: number.toLowerCase(),
      owner: 'Ada',
      currency: 'EUR',
      overdraftLimit: '10.00',
    });
    expect(response.status).toBe(201);
    expect(response.headers.get('Location')).toBe(`/api/v1/accounts/${number}`);
    expect(response.headers.get('ETag')).toBe('"1"');
    expect(commandResultSchema.parse(await response.json()).tokens).toEqual([
      { aggregateId: `account#${number}`, sequence: 1 },
    ]);
    const [event] = await bank.store.read(`account#${number}`);
    expect(event?.metadata).toMatchObject({ actor: 'token:till' });
  });

  it('that moves much is proposed, and booked when another token approves it', async () => {
    const [from, to] = [await openFresh(), await openFresh()];
    const money = { amount: '10000.00', currency: 'EUR' };
    await post(`/accounts/${from}/deposits`, money);
    const asked = { ...money, toAccountId: to };
    const headers = { 'Idempotency-Key': randomUUID() };
    const proposed = await post(`/accounts/${from}/transfers`, asked, headers);
    expect(proposed.status).toBe(202);
    const place = `/transfers/${headers['Idempotency-Key']}`;
    expect(proposed.headers.get('Location')).toBe(`/api/v1${place}`);
    const again = await post(`/accounts/${from}/transfers`, asked, headers);
    expect(again.headers.get('Location')).toBe(`/api/v1${place}`);
    const [event] = await bank.store.read(`transfer#${headers['Idempotency-Key']}`);
    expect(event?.eventData).toMatchObject({ amount: '1000000', proposedBy: 'token:till' });

    const approval = JSON.stringify({ fromAccountId: from, toAccountId: to });
    const approveBy = (token: string) =>
      POST(toRequest(`${place}/approval`, { method: 'POST', body: approval }, token));
    await expectProblem(await approveBy(secret), 403, 'FOUR_EYES');
    const weak = await makeToken(`weak-${from}`, ['bank:commands']);
    await expectProblem(await approveBy(weak), 403, 'SCOPE_MISSING');
    const other = await makeToken(`other-${from}`, ['bank:operations']);
    const approved = await approveBy(other);
    expect(approved.status).toBe(202);
    expect(await versionOf(to)).toBe(2);
    await expectProblem(await approveBy(other), 409, 'TRANSFER_DECIDED');

    const booked = await post(`/accounts/${to}/transfers`, {
      amount: '9999.99',
      currency: 'EUR',
      toAccountId: from,
    });
    expect(booked.headers.has('Location')).toBe(false);
    const most = { amount: '1000000.01', currency: 'EUR' };
    const tooMuch = await post(`/accounts/${to}/deposits`, most);
    await expectProblem(tooMuch, 409, 'AMOUNT_LIMIT', 'amount');
  });

  it('is one command by its Idempotency-Key', async () => {
    const number = await openFresh();
    const headers = { 'Idempotency-Key': randomUUID() };
    const body = { amount: '5.00', currency: 'EUR' };
    const sent = await Promise.all(
      [1, 2, 3].map(() => post(`/accounts/${number}/deposits`, body, headers)),
    );
    expect(sent.map(({ status }) => status)).toEqual([202, 202, 202]);
    expect(await versionOf(number)).toBe(2);
    const other = { ...body, amount: '6.00' };
    const reused = await post(`/accounts/${number}/deposits`, other, headers);
    await expectProblem(reused, 409, 'COMMAND_ID_REUSED');
    const wrong = { 'Idempotency-Key': 'import:1' };
    const refused = await post(`/accounts/${number}/deposits`, body, wrong);
    await expectProblem(refused, 400, 'INVALID_INPUT', 'Idempotency-Key');
  });

  it('with If-Match is written only on that version, whoever comes between', async () => {
    const number = await openFresh();
    const path = `/accounts/${number}/deposits`;
    const body = { amount: '1.00', currency: 'EUR' };
    const racing = await Promise.all(
      Array.from({ length: 8 }, () => post(path, body, { 'If-Match': '"1"' })),
    );
    const statuses = racing.map(({ status }) => status).sort();
    expect(statuses).toEqual([202, ...Array(7).fill(412)]);
    expect(await versionOf(number)).toBe(2);
    const headers = { 'If-Match': '"2"', 'Idempotency-Key': randomUUID() };
    const first = await post(path, body, headers);
    expect(first.headers.get('ETag')).toBe('"3"');
    const again = await post(path, body, headers);
    expect(await again.json()).toMatchObject({ duplicate: true });
    await expectProblem(await post(path, body, { 'If-Match': '"2"' }), 412, 'VERSION_NOT_CURRENT');
    await expectProblem(await post(path, body, { 'If-Match': 'W/"3"' }), 400, 'INVALID_INPUT');
    expect(await versionOf(number)).toBe(3);
  });

  it.each([
    [{ amount: '-1', currency: 'EUR' }, 'INVALID_AMOUNT', 'amount'],
    [{ amount: 1, currency: 'EUR' }, 'INVALID_INPUT', 'amount'],
    [{ amount: '1', currency: 'EUR', descripton: 'x' }, 'INVALID_INPUT', 'descripton'],
    [
      { amount: '1', currency: 'EUR', bookedAt: '2020-01-01T00:00:00.000Z' },
      'INVALID_INPUT',
      'bookedAt',
    ],
    [{ amount: '1', currency: 'EUR', accountId: 'OTHER' }, 'INVALID_INPUT', 'accountId'],
    [[], 'INVALID_INPUT', undefined],
    ['text', 'INVALID_INPUT', undefined],
  ])('with the body %j is refused', async (body, code, field) => {
    const number = await openFresh();
    const response = await post(`/accounts/${number}/deposits`, body);
    expect(response.status).toBeGreaterThanOrEqual(400);
    await expectProblem(response, response.status, code, field);
    expect(response.status).toBeLessThan(500);
    expect(await versionOf(number)).toBe(1);
  });

  it('with more than a form could hold is refused before it is read', async () => {
    const body = { amount: '1', currency: 'EUR', description: 'x'.repeat(1_100_000) };
    await expectProblem(await post('/accounts/A/deposits', body), 413, 'BODY_TOO_LARGE');
  });
});

describe('a resource', () => {
  it('is read as consistently as asked for, with its version', async () => {
    const number = await openFresh();
    const strong = await get(`/accounts/${number.toLowerCase()}?consistency=strong`);
    expect(strong.headers.get('ETag')).toBe('"1"');
    expect(accountAnswerSchema.parse(await strong.json()).source).toBe('event-store');
    await bank.run(FULL_REGISTRY.commands.get('Deposit') ?? expect.fail(), {
      accountId: number,
      amount: '1',
      currency: 'EUR',
    });
    const missing = await get('/accounts/NOBODY?consistency=strong');
    await expectProblem(missing, 404, 'ACCOUNT_NOT_FOUND');
    await expectProblem(await get(`/accounts/${number}?consistency=wait`), 400, 'INVALID_INPUT');
  });

  it('that is a list links its pages', async () => {
    for (const owner of ['Paged One', 'Paged Two', 'Paged Three']) {
      const number = `P-${randomUUID().slice(0, 8).toUpperCase()}`;
      await bank.run(FULL_REGISTRY.commands.get('OpenAccount') ?? expect.fail(), {
        number,
        owner,
        currency: 'EUR',
      });
    }
    await bank.settle();
    const first = await get('/accounts?q=paged&limit=2');
    const { items: firstItems } = accountsPageSchema.parse(await first.json());
    expect(firstItems).toHaveLength(2);
    const next = /<\/api\/v1([^>]+)>; rel="next"/.exec(first.headers.get('Link') ?? '')?.[1];
    const second = await get(next ?? '');
    expect(accountsPageSchema.parse(await second.json()).items).toHaveLength(1);
    const previous = /<\/api\/v1([^>]+)>; rel="prev"/.exec(second.headers.get('Link') ?? '')?.[1];
    expect(second.headers.get('Link')).not.toContain('rel="next"');
    const again = await get(previous ?? '');
    expect(again.headers.get('Link')).not.toContain('rel="prev"');
    expect(await again.json()).toMatchObject({ items: firstItems });
    expect((await get('/accounts?q=paged&limit=3')).headers.get('Link')).toBeNull();
    expect(second.headers.get('RateLimit-Remaining')).toMatch(/^\d+$/);
  });

  it.each(
    toEndpoints(FULL_REGISTRY)
      .filter(({ answer }) => Object.hasOwn(answer.properties ?? {}, 'previousCursor'))
      .map(({ path }) => path),
  )('%s is the same list walked forwards and backwards', async (path) => {
    let ids: Readonly<Record<string, string>> = {};
    for (let n = 0; n < 3; n += 1) {
      ids = (await prepareEndpoint(bank, path)).ids;
    }
    const { accountId = ids.id, userId } = ids;
    for (const action of PERMISSION_ACTIONS) {
      const run = (type: string, input: object) =>
        bank.run(FULL_REGISTRY.commands.get(type) ?? expect.fail(), input);
      if (userId !== undefined) {
        await run('ChangeUserPermissions', { userId, grant: [`bank:${action}`] });
      } else if (accountId !== undefined) {
        await run('Deposit', { accountId, amount: '1.00', currency: 'EUR' });
      }
    }
    await bank.settle();
    const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => ids[name] ?? '');
    const { forwards, backwards } = await walkPages(async (cursor) => {
      const page = await get(`${filled}?limit=2&cursor=${cursor}`);
      return walkedSchema.parse(await page.json());
    });
    expect(forwards.length).toBeGreaterThan(2);
    expect(backwards).toEqual(forwards);
  });

  it('that is nowhere, or takes another method, is said to be so', async () => {
    await expectProblem(await get('/nothing'), 404, 'ROUTE_NOT_FOUND');
    const deleting = await DELETE(toRequest('/accounts', { method: 'DELETE' }));
    expect(deleting.headers.get('Allow')).toBe('GET, POST');
    await expectProblem(deleting, 405, 'METHOD_NOT_ALLOWED');
  });
});

describe('a webhook', () => {
  const name = `w-${randomUUID().slice(0, 8)}`;
  const url = 'https://example.com/hook';

  it('is made with a secret that is said once', async () => {
    const made = await post('/webhooks', { name, url, aggregateTypes: ['account'] });
    expect(made.status).toBe(201);
    expect(made.headers.get('Location')).toBe(`/api/v1/webhooks/${name}`);
    const { secret: shown } = shownSecretSchema.parse(await made.json());
    expect(shown).toMatch(/^whsec_/);
    for (const path of [`/webhooks/${name}`, '/webhooks', '/operations?limit=50']) {
      const text = await (await get(path)).text();
      expect(text).not.toContain(shown.slice(6));
    }
    await expectProblem(await post('/webhooks', { name, url }), 400, 'INVALID_INPUT', 'name');
    const wrong = await post('/webhooks', { name: `${name}-2`, url: 'ftp://example.com' });
    await expectProblem(wrong, 400, 'INVALID_INPUT', 'url');
  });

  it('is another’s to change than operators’, by whatever address', async () => {
    const operator = await makeToken(`operator-${name}`, ['*:operations']);
    const change = { url: 'https://example.org/', reason: 'It moved' };
    const init = { method: 'PATCH', body: JSON.stringify(change) };
    const refused = await POST(toRequest(`/webhooks/${name}`, init, operator));
    await expectProblem(refused, 403, 'SCOPE_MISSING');
    const asked = {
      kind: 'change-webhook',
      input: { webhook: name, url: change.url },
      reason: 'x',
    };
    const body = JSON.stringify(asked);
    const around = await POST(toRequest('/operations', { method: 'POST', body }, operator));
    await expectProblem(around, 400, 'INVALID_INPUT', 'kind');
    const accepted = await send('PATCH', `/webhooks/${name}`, change);
    expect(accepted.status).toBe(202);
    const operation = await get((accepted.headers.get('Location') ?? '').replace('/api/v1', ''));
    expect(await operation.json()).toMatchObject({ kind: 'change-webhook', reason: 'It moved' });
    await expectProblem(await get('/webhooks/nobody'), 404, 'WEBHOOK_NOT_FOUND');
  });
});

it('tells a token that asks too often when it may ask again, and others nothing', async () => {
  const context = getWebContext();
  const name = `busy-${randomUUID().slice(0, 8)}`;
  const token = await makeToken(name, ['*:view']);
  const askOnce = () => GET(toRequest('/openapi.json', {}, token));
  const before = Number((await askOnce()).headers.get('RateLimit-Remaining'));
  while (!(await context.limitRate(name)).isOver) {
    // Until there is nothing left.
  }
  const refused = await askOnce();
  expect(before).toBeGreaterThan(0);
  expect(refused.headers.get('Retry-After')).toMatch(/^\d+$/);
  expect(refused.headers.get('RateLimit-Remaining')).toBe('0');
  await expectProblem(refused, 429, 'RATE_LIMITED');
  expect((await get('/openapi.json')).status).toBe(200);
});

describe('the stream of events', () => {
  /** Reads the stream until it has sent so many events; answers with their sequences and ids. */
  async function readStream(response: Response, count: number) {
    const reader = response.body?.getReader();
    let text = '';
    const found = () => [...text.matchAll(/id: (\d+)\nevent: (\w+)\ndata: (.*)\n\n/g)];
    while (found().length < count) {
      const { done, value } = (await reader?.read()) ?? { done: true, value: undefined };
      if (done) {
        break;
      }
      text += new TextDecoder().decode(value);
    }
    await reader?.cancel();
    return found().map(([, id, type]) => ({ id, type }));
  }

  it('sends each that is meant once, and resumes behind the last one', async () => {
    const { ids } = await prepareEndpoint(bank, '/accounts');
    const number = ids.accountId ?? '';
    const deposit = () =>
      bank.run(FULL_REGISTRY.commands.get('Deposit') ?? expect.fail(), {
        accountId: number,
        amount: '1',
        currency: 'EUR',
      });
    for (let n = 0; n < 4; n += 1) {
      await deposit();
    }
    await bank.settle();
    const path = `/events/stream?after=0&type=MoneyDeposited&aggregateId=account%23${number}`;
    const first = await readStream(await get(path), 3);
    expect(first.map(({ type }) => type)).toContain('MoneyDeposited');
    const headers = { 'Last-Event-ID': first[2]?.id ?? '' };
    const resumed = GET(toRequest(path, { headers }));
    await deposit();
    await bank.settle();
    const rest = await readStream(await resumed, 3);
    const positions = [...first.slice(0, 3), ...rest].map(({ id }) => Number(id));
    expect(positions).toEqual([...new Set(positions)].sort((a, b) => a - b));
    expect(positions).toHaveLength(6);
  });

  it('ends when its token is revoked', async () => {
    const name = `stream-${randomUUID().slice(0, 8)}`;
    const token = await makeToken(name, ['*:view']);
    const response = await GET(toRequest('/events/stream', {}, token));
    await revokeToken(bank.postgres.db, name, { actor: 'tester' });
    expect(await readStream(response, 1)).toEqual([]);
  });
});

describe('every endpoint', () => {
  const ENDPOINTS = toEndpoints(FULL_REGISTRY);
  const GUARDED = ENDPOINTS.filter(({ path }) => path !== '/openapi.json');
  const ask = (method: string, path: string, token: string | null, headers = {}) => {
    const filled = path.replaceAll(/\{\w+\}/g, 'A-1');
    return POST(toRequest(filled, { method, headers }, token));
  };

  it('refuses who has no token, whatever else they send', async () => {
    const expired = await makeToken('expired', ['*:view', '*:commands'], new Date());
    for (const { method, path } of ENDPOINTS) {
      const cookie = { Cookie: `token=${secret}`, 'X-Forwarded-For': '127.0.0.1' };
      const bare = await ask(method, path, null, cookie);
      expect(bare.headers.get('WWW-Authenticate')).toBe('Bearer');
      await expectProblem(bare, 401, 'TOKEN_MISSING');
      await expectProblem(await ask(method, path, expired), 401, 'TOKEN_INVALID');
      await expectProblem(await ask(method, path, `ph_${'A'.repeat(43)}`), 401, 'TOKEN_INVALID');
    }
  });

  it('refuses a token without its own scope, and writes nothing', async () => {
    const tokens = new Map<string, string>();
    for (const lacking of PERMISSION_ACTIONS) {
      const scopes = PERMISSION_ACTIONS.filter((action) => action !== lacking);
      const all = scopes.map((action) => `*:${action}`);
      tokens.set(lacking, await makeToken(`without-${lacking}`, all));
    }
    for (const { method, path, scope } of GUARDED) {
      const action = /:(\w+)$/.exec(scope)?.[1] ?? 'view';
      await expectProblem(await ask(method, path, tokens.get(action) ?? ''), 403, 'SCOPE_MISSING');
    }
    expect(await versionOf('A-1')).toBe(0);
  });
});

describe('the document', () => {
  const ajv = new Ajv2020({ strict: false, validateFormats: false });
  /** What is mostly sent, for some of what is asked to be right; other fields are mostly left out. */
  const LIKELY: Likely = {
    amount: '5.00',
    consistency: 'strong',
    currency: 'EUR',
    owner: 'Ada',
    overdraftLimit: '10',
    limit: '2',
  };
  const anything = fc.oneof(fc.string({ unit: 'binary' }), fc.jsonValue());
  const fieldsOf = ({ properties = {} }: JsonSchema = {}, likely = LIKELY) =>
    fc
      .record(
        Object.fromEntries(
          [...Object.keys(properties), 'other'].map((name) => [
            name,
            fc.oneof(
              { weight: 8, arbitrary: fc.constant(likely[name]) },
              { weight: 1, arbitrary: anything },
            ),
          ]),
        ),
      )
      .map((fields) =>
        Object.fromEntries(Object.entries(fields).filter(([, each]) => each !== undefined)),
      );

  it.each(
    toEndpoints(FULL_REGISTRY)
      // It has no end, and a test of its own.
      .filter(({ mediaType }) => mediaType === undefined)
      .map((endpoint) => [endpoint.method, endpoint.path, endpoint] as const),
  )('says what %s %s takes and answers', async (method, path, { query, body, status, answer }) => {
    const { ids, ...prepared } = await prepareEndpoint(bank, path);
    const likely = { ...LIKELY, ...prepared.likely };
    const isAnswer = ajv.compile(answer);
    const isBody = body && ajv.compile(body);
    const given = fc.record({
      id: fc.oneof(
        { weight: 3, arbitrary: fc.constant(undefined) },
        // A dot is no part of an address: whoever sends it asks for the address above.
        {
          weight: 1,
          arbitrary: fc.string({ minLength: 1 }).filter((text) => !/^\.\.?$/.test(text)),
        },
      ),
      query: fieldsOf(query, likely),
      fields: fc.oneof(
        { weight: 5, arbitrary: fieldsOf(body, likely) },
        { weight: 1, arbitrary: anything },
      ),
    });
    let answered = 0;
    await fc.assert(
      fc.asyncProperty(given, async ({ id, query: asked, fields }) => {
        const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
          encodeURIComponent(id ?? ids[name] ?? ''),
        );
        const search = new URLSearchParams(
          Object.entries(asked).map(([name, each]) => [
            name,
            typeof each === 'string' ? each : JSON.stringify(each),
          ]),
        );
        const response = await (method === 'GET'
          ? get(`${filled}?${query ? search : ''}`)
          : send(method, filled, fields));
        expect(response.status).toBeLessThan(500);
        const text = await response.text();
        if (response.ok) {
          answered += 1;
          expect(response.status).toBe(status);
          expect(isAnswer(JSON.parse(text)), `${text} ${ajv.errorsText(isAnswer.errors)}`).toBe(
            true,
          );
          expect(isBody === undefined || isBody(fields)).toBe(true);
        } else {
          expect(problemSchema.parse(JSON.parse(text)).status).toBe(response.status);
        }
      }),
      { numRuns: 60 },
    );
    expect(answered).toBeGreaterThan(0);
  });
});
