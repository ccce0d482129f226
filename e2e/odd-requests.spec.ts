import { expect, test } from '@playwright/test';
import fc from 'fast-check';
import { z } from 'zod';
import { ROUTE_PATTERNS } from '#server/web/metrics/route-pattern.ts';
import { openAccount } from './account-steps.ts';
import { USER_AGENT } from './sign-in.ts';

const errorSchema = z.object({
  error: z.object({ code: z.string().min(1), message: z.string().min(1) }),
});

/** The live stream has no end, what programs ask has other forms for what fails, and some take no GET. */
const PATTERNS = ROUTE_PATTERNS.filter(
  (pattern) =>
    !/^\/api\/(live$|command$|list$|detail$|v1\/|sign-in\/|session\/|.*\/(invitation|mapping-trial|secret)$)/.test(
      pattern,
    ),
);

const NAMES = [
  ...['q', 'cursor', 'limit', 'sort', 'dir', 'status', 'currency', 'account', 'type', 'from', 'to'],
  ...[
    'consistency',
    'sequence',
    'points',
    'at',
    'time',
    'direction',
    'after',
    'before',
    'position',
    'subject',
    'projection',
    'kind',
  ],
];

const ODD_TEXTS = [
  ...[
    '',
    '%',
    '%25',
    '%E0%A4%A',
    '\0',
    '\u202e',
    '\ud800',
    "'; DROP TABLE journal; --",
    '../..',
    '{}',
  ],
  ...['-1', '0', '1e9', 'NaN', '99999999999999999999', '0x10', 'null', '1.5', '2024-02-30', '[]'],
  ...[
    '2024-13-01T00:00:00Z',
    '+275761-01-01T00:00:00Z',
    'e30',
    'bnVsbA',
    'eyJhIjoxfQ',
    '💶'.repeat(400),
  ],
];

const text = fc.oneof(
  fc.constantFrom(...ODD_TEXTS),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.integer().map(String),
  fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
  fc.json().map((json) => Buffer.from(json).toString('base64url')),
);

const fill = (pattern: string, part: string) => pattern.replaceAll(/\[\w+\]/g, () => part);

const isRoute = (path: string) =>
  PATTERNS.some((pattern) => new RegExp(`^${fill(pattern, '[^/]+')}/?$`).test(path));

test('no request, however odd, is answered by a fault of ours', async ({ baseURL, context }) => {
  test.setTimeout(120_000);
  const known = await openAccount();
  const [cookie] = await context.cookies();
  const headers = { Cookie: `${cookie?.name}=${cookie?.value}`, 'User-Agent': USER_AGENT };
  const part = fc.oneof(fc.constant(known), text);
  const odd = fc.record({
    pattern: fc.constantFrom(...PATTERNS),
    part,
    query: fc.array(fc.tuple(fc.constantFrom(...NAMES), fc.oneof(part, text)), { maxLength: 4 }),
  });
  await fc.assert(
    fc.asyncProperty(odd, async ({ pattern, part: id, query }) => {
      // Without that part, the address may be the one of no route.
      const filled = id === '' && !isRoute(fill(pattern, '').replaceAll(/\/+/g, '/')) ? '-' : id;
      const path = fill(pattern, encode(filled));
      const search = query.map(([name, value]) => `${name}=${encode(value)}`).join('&');
      const response = await fetch(`${baseURL}${path}?timeout=1&${search}`, { headers });
      const body = await response.text();
      if (response.status >= 400) {
        const { error } = errorSchema.parse(JSON.parse(body));
        // An event that is waited for does not come.
        const isAwaited = error.code === 'WAIT_TIMED_OUT';
        expect(response.status, body).toBeLessThan(isAwaited ? 505 : 500);
      }
    }),
    { numRuns: 400 },
  );
});

/** What is asked otherwise than by GET, where a text can be odd: in the address, or in a JSON body. */
const OTHERS = [
  ['DELETE', '/api/session/[id]'],
  ['DELETE', '/api/session/passkeys/[id]'],
  ['GET', '/api/detail?user_id=[id]'],
  ['POST', '/api/users/[id]/invitation'],
  ['POST', '/api/webhooks/[id]/secret'],
  ['POST', '/api/webhooks', 'name', 'url'],
  ['POST', '/api/command', 'user_id', 'event_type'],
  ['POST', '/api/session/passkeys', 'code', 'name', 'response'],
] as const;

test('no odd text that is sent otherwise is answered by a fault of ours', async ({
  baseURL,
  context,
}) => {
  const [cookie] = await context.cookies();
  const headers = {
    'Content-Type': 'application/json',
    Cookie: `${cookie?.name}=${cookie?.value}`,
    Origin: baseURL ?? '',
    'User-Agent': USER_AGENT,
  };
  for (const [method, pattern, ...fields] of OTHERS) {
    for (const odd of ODD_TEXTS.filter((each) => each !== '' && each !== '../..')) {
      const body = JSON.stringify(Object.fromEntries(fields.map((name) => [name, odd])));
      const path = fill(pattern, encode(odd));
      const sent = method === 'GET' ? { headers } : { headers, method, body };
      const { status } = await fetch(`${baseURL}${path}`, sent);
      expect(status, `${method} ${path} ${body}`).toBeLessThan(500);
    }
  }
});

for (const path of ['/accounts/%25', '/accounts/%E0%A4%A', '/accounts/%00', '/events?cursor=%25']) {
  test(`the page ${path} is answered, and is no fault of ours`, async ({ request }) => {
    expect((await request.get(path)).status()).toBeLessThan(500);
  });
}

/** Half of a pair of surrogates has no UTF-8: it stands as it is, as a client that knows no better sends it. */
function encode(value: string): string {
  return value.isWellFormed() ? encodeURIComponent(value) : '%ED%A0%80';
}
