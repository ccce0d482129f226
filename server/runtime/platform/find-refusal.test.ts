import { describe, expect, it } from 'vitest';
import { findRefusal } from './find-refusal.ts';

const served = { port: 3000, hosts: ['console.example.com', 'bank.example.com:8443'] };

type Headers = Readonly<Record<string, string | string[]>>;

function ask(headers: Headers, { method = 'GET', url = '/' } = {}): number | undefined {
  const entries = Object.entries(headers).map(([name, value]) => [name, [value].flat()] as const);
  return findRefusal(
    {
      method,
      url,
      headers: Object.fromEntries(entries.map(([name, values]) => [name, values.join(', ')])),
      headersDistinct: Object.fromEntries(entries),
    },
    served,
  )?.status;
}

const ask3000 = (headers: Headers, options?: Parameters<typeof ask>[1]) =>
  ask({ host: '127.0.0.1:3000', ...headers }, options);

it.each([
  '127.0.0.1:3000',
  '127.8.9.255:3000',
  'localhost:3000',
  'LocalHost:3000',
  '[::1]:3000',
  'console.example.com',
  'CONSOLE.example.com',
  'bank.example.com:8443',
])('serves the host %s', (host) => {
  expect(ask({ host })).toBeUndefined();
});

it.each([
  '',
  'evil.com',
  'evil.com:3000',
  'localhost',
  '127.0.0.1',
  '127.0.0.1:3001',
  '127.0.0.1:03000x',
  '127.0.0.1:',
  '127.0.0.1.evil.com:3000',
  'localhost.evil.com:3000',
  'evil.localhost:3000',
  'localhost.:3000',
  '127.0.0.1.:3000',
  '127.1:3000',
  '2130706433:3000',
  '0x7f.0.0.1:3000',
  '127.0.0.256:3000',
  '0.0.0.0:3000',
  '128.0.0.1:3000',
  '[::]:3000',
  '[::ffff:127.0.0.1]:3000',
  '[::1',
  '::1',
  'localhost@evil.com:3000',
  'evil.com@127.0.0.1:3000',
  '127.0.0.1:3000, evil.com',
  '127.0.0.1:3000/evil',
  ' 127.0.0.1:3000',
  'console.example.com:3000',
  'bank.example.com',
  'console.example.com.evil.com',
])('refuses the host "%s"', (host) => {
  expect(ask({ host })).toBe(421);
});

it('refuses a request without a host, and one with two', () => {
  expect(ask({})).toBe(421);
  expect(ask({ host: ['127.0.0.1:3000', 'evil.com'] })).toBe(421);
  expect(ask({ host: ['127.0.0.1:3000', '127.0.0.1:3000'] })).toBe(421);
});

it('a port of 80 needs not be named', () => {
  const request = { headers: {}, headersDistinct: { host: ['localhost'] }, url: '/' };
  expect(findRefusal(request, { port: 80, hosts: [] })).toBeUndefined();
});

it('believes no forwarded header', () => {
  const forwarded = { 'x-forwarded-host': '127.0.0.1:3000', forwarded: 'host=127.0.0.1:3000' };
  expect(ask({ host: 'evil.com', ...forwarded })).toBe(421);
  expect(ask3000({ origin: 'http://evil.com', 'x-forwarded-host': 'evil.com' })).toBe(403);
});

describe('Origin', () => {
  it.each([
    ['127.0.0.1:3000', 'http://127.0.0.1:3000'],
    ['LOCALHOST:3000', 'http://localhost:3000'],
    ['[::1]:3000', 'http://[::1]:3000'],
    ['console.example.com', 'https://console.example.com'],
  ])('may be the one that %s serves', (host, origin) => {
    expect(ask({ host, origin }, { method: 'POST' })).toBeUndefined();
  });

  it.each([
    'null',
    '',
    'http://evil.com',
    'http://127.0.0.1',
    'http://127.0.0.1:3001',
    'http://localhost:3000',
    'http://127.0.0.1:3000.evil.com',
    'http://127.0.0.1:3000, http://evil.com',
    'file://',
  ])('may not be "%s"', (origin) => {
    for (const method of ['GET', 'POST', 'OPTIONS']) {
      expect(ask3000({ origin }, { method })).toBe(403);
    }
  });
});

describe('Sec-Fetch-Site', () => {
  const link = {
    'sec-fetch-site': 'cross-site',
    'sec-fetch-mode': 'navigate',
    'sec-fetch-dest': 'document',
  };

  it('lets other sites link to a page, and to nothing else', () => {
    expect(ask3000(link, { url: '/accounts/1787' })).toBeUndefined();
    expect(ask3000({ ...link, 'sec-fetch-site': 'same-site' })).toBeUndefined();
    expect(ask3000(link, { method: 'POST' })).toBe(403);
    for (const url of ['/api/accounts', '/api', '/API/accounts', '//api/live']) {
      expect(ask3000(link, { url }), url).toBe(403);
    }
    expect(ask3000({ ...link, 'sec-fetch-dest': 'iframe' })).toBe(403);
    expect(ask3000({ ...link, 'sec-fetch-mode': 'no-cors' })).toBe(403);
  });

  it.each(['cross-site', 'same-site', 'CROSS-SITE', 'same-origin, cross-site', 'strange'])(
    'refuses the request of a script of another origin: %s',
    (site) => {
      for (const url of ['/', '/api/live', '/_next/static/a.js']) {
        expect(ask3000({ 'sec-fetch-site': site, 'sec-fetch-mode': 'cors' }, { url })).toBe(403);
      }
    },
  );

  it.each(['same-origin', 'none'])('lets %s through', (site) => {
    expect(ask3000({ 'sec-fetch-site': site }, { url: '/api/live' })).toBeUndefined();
  });
});

it.each(['http://evil.com/', '*', '', '/accounts/%', '/accounts/%E0%A4%A', '/api/events/%FF'])(
  'refuses the target "%s"',
  (url) => {
    expect(ask3000({}, { url })).toBe(400);
  },
);

it('leaves queries to who reads them', () => {
  expect(ask3000({}, { url: '/accounts/%25?q=%' })).toBeUndefined();
});
