import { connect } from 'node:net';
import type { Request } from '@playwright/test';
import { gotoAccount, openAccount, openForm, readAccount, send } from './account-steps.ts';
import { expect, test } from './fixtures.ts';
import { USER_AGENT } from './sign-in.ts';

const PORT = Number(process.env.E2E_PORT);
const OWN = `127.0.0.1:${PORT}`;

type Asked = {
  readonly target: string;
  readonly method?: string;
  /** As they are sent, in this order: a name may come twice. */
  readonly headers: readonly (readonly [string, string])[];
  readonly version?: string;
  readonly body?: string;
};

/** The status that a request gets which no client library would send. */
async function ask({ target, method = 'GET', headers, version = '1.1', body = '' }: Asked) {
  const lines = [
    `${method} ${target} HTTP/${version}`,
    ...headers.map(([name, value]) => `${name}: ${value}`),
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
  ];
  return new Promise<number>((resolve, reject) => {
    const socket = connect(PORT, '127.0.0.1', () =>
      socket.write(`${lines.join('\r\n')}\r\n\r\n${body}`),
    );
    socket.once('data', (chunk) => {
      resolve(Number(chunk.toString().split(' ')[1]));
      socket.destroy();
    });
    socket.once('error', reject);
    socket.once('close', () => reject(new Error('There was no answer.')));
  });
}

const TARGETS = [
  '/',
  '/accounts',
  '/accounts/',
  '//accounts',
  '/no-such-page',
  '/accounts/%E0%A4%A',
  '/icon.svg',
  '/_next/static/none.js',
  '/_next/image?url=%2Ficon.svg&w=64&q=75',
  '/api/accounts',
  '/api/live',
  '/api/metrics',
  '/api/no-such-route',
];

for (const target of TARGETS) {
  test(`${target} is answered to nobody but the loopback`, async () => {
    const hosts = ['evil.com', `evil.com:${PORT}`, `127.0.0.1.evil.com:${PORT}`, '127.0.0.1', ''];
    for (const host of hosts) {
      expect(await ask({ target, headers: [['Host', host]] }), host).toBe(421);
    }
    const forwarded = [
      ['Host', 'evil.com'],
      ['X-Forwarded-Host', OWN],
      ['Forwarded', `host="${OWN}"`],
      ['X-Middleware-Subrequest', 'proxy:proxy:proxy:proxy:proxy'],
    ] as const;
    expect(await ask({ target, headers: forwarded })).toBe(421);
    const twice = [
      ['Host', OWN],
      ['Host', 'evil.com'],
    ] as const;
    expect(await ask({ target, headers: twice })).toBeGreaterThanOrEqual(400);
    expect(await ask({ target, headers: [], version: '1.0' })).toBe(421);
    const crossSite = [
      ['Host', OWN],
      ['Sec-Fetch-Site', 'cross-site'],
      ['Sec-Fetch-Mode', 'no-cors'],
      ['Sec-Fetch-Dest', 'script'],
    ] as const;
    expect(await ask({ target, headers: crossSite })).toBe(403);
  });
}

test('the hosts of the loopback are served, and links from other sites open pages', async () => {
  for (const host of [OWN, `LOCALHOST:${PORT}`, `127.9.9.9:${PORT}`, `[::1]:${PORT}`]) {
    expect(await ask({ target: '/sign-in', headers: [['Host', host]] }), host).toBe(200);
  }
  const link = [
    ['Host', OWN],
    ['Sec-Fetch-Site', 'cross-site'],
    ['Sec-Fetch-Mode', 'navigate'],
    ['Sec-Fetch-Dest', 'document'],
  ] as const;
  expect(await ask({ target: '/sign-in', headers: link })).toBe(200);
  expect(await ask({ target: '/api/accounts', headers: link })).toBe(403);
});

test('a whole URL is no target, whatever host it names', async () => {
  expect(await ask({ target: `http://evil.com/accounts`, headers: [['Host', OWN]] })).toBe(400);
  expect(await ask({ target: `http://${OWN}/accounts`, headers: [['Host', 'evil.com']] })).toBe(
    421,
  );
});

test('a withdrawal that a page of another origin sends changes nothing', async ({
  page,
  request,
}) => {
  const accountId = await openAccount();
  await gotoAccount(page, accountId);
  const sent = page.waitForRequest((one: Request) => one.method() === 'POST');
  await send(await openForm(page, 'Deposit'), 'Deposit', { Amount: '7' });
  await expect(page.getByTestId('balance')).toHaveText('7.00 EUR');
  const original = await sent;
  const { 'next-action': action = '', cookie = '' } = await original.allHeaders();
  /** Whoever is signed in in this browser. */
  const signedIn = [
    ['Cookie', cookie],
    ['User-Agent', USER_AGENT],
  ] as const;
  const forge = (headers: Asked['headers'], who: Asked['headers'] = signedIn) =>
    ask({
      target: `/accounts/${accountId}`,
      method: 'POST',
      headers: [
        ...headers,
        ...who,
        ['Next-Action', action],
        ['Content-Type', 'text/plain;charset=UTF-8'],
      ],
      // Another command of the same kind, which would be accepted.
      body: (original.postData() ?? '').replace(/[0-9a-f]{8}-[0-9a-f-]{27}/, crypto.randomUUID()),
    });
  expect(
    await forge([
      ['Host', 'evil.com'],
      ['Origin', 'http://evil.com'],
    ]),
  ).toBe(421);
  expect(
    await forge([
      ['Host', `evil.com:${PORT}`],
      ['X-Forwarded-Host', OWN],
    ]),
  ).toBe(421);
  const foreign = [
    ['Origin', 'http://evil.com'],
    ['Origin', 'null'],
    ['Origin', 'http://127.0.0.1:1'],
    ['Sec-Fetch-Site', 'cross-site'],
    ['Sec-Fetch-Site', 'same-site'],
  ] as const;
  for (const header of foreign) {
    expect(await forge([['Host', OWN], header]), header.join(': ')).toBe(403);
    expect(await forge([['Host', OWN], header, ['X-Forwarded-Host', 'evil.com']])).toBe(403);
  }
  const own = [
    ['Host', OWN],
    ['Origin', `http://${OWN}`],
  ] as const;
  // Nobody's: what an action refuses is an answer as well.
  expect(await forge(own, [])).toBe(200);
  expect(await readAccount(request, accountId)).toMatchObject({ balance: '700', version: 2 });

  // The same from our own origin is carried out: the forgery fails for no other reason.
  expect(await forge(own)).toBe(200);
  expect(await readAccount(request, accountId)).toMatchObject({ balance: '1400', version: 3 });
});

test('what a page loads is bound to a nonce and to this origin', async ({ request }) => {
  const [first, second] = await Promise.all([request.get('/accounts'), request.get('/accounts')]);
  const nonces = [first, second].map(
    (one) => /'nonce-([^']+)'/.exec(one.headers()['content-security-policy'] ?? '')?.[1] ?? '',
  );
  expect(new Set(nonces).size).toBe(2);
  expect(first.headers()).toMatchObject({
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'x-frame-options': 'DENY',
  });
  expect(first.headers()['content-security-policy']).not.toMatch(/script-src[^;]*unsafe-inline/);
  const scripts = (await first.text()).match(/<script[^>]*>/g) ?? [];
  expect(scripts.length).toBeGreaterThan(5);
  expect(scripts.filter((tag) => !tag.includes(`nonce="${nonces[0]}"`))).toEqual([]);
  expect((await request.get('/_next/image?url=%2Ficon.svg&w=64&q=75')).status()).toBe(404);
});
