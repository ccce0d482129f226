import { readdirSync } from 'node:fs';
import { expect, it } from 'vitest';
import { ROUTE_PATTERNS, toRoutePattern } from './route-pattern.ts';

it('knows every route that there is, and no other', () => {
  const files = readdirSync('app/api', { recursive: true, encoding: 'utf8' });
  const routes = files.flatMap((file) => /^(.+)\/route\.ts$/.exec(file)?.slice(1) ?? []);
  expect(routes.map((route) => `/api/${route}`).sort()).toEqual([...ROUTE_PATTERNS].sort());
});

it.each([
  ['/api/accounts', '/api/accounts'],
  ['/api/accounts/', '/api/accounts'],
  ['/api/accounts/CZ-1', '/api/accounts/[accountId]'],
  ['/api/accounts/at', '/api/accounts/[accountId]'],
  ['/api/accounts/at/at', '/api/accounts/[accountId]/at'],
  ['/api/accounts/CZ%2F1/ledger', '/api/accounts/[accountId]/ledger'],
  ['/api/aggregates/account/CZ-1/at', '/api/aggregates/[type]/[id]/at'],
  ['/api/aggregates/account/CZ-1', 'other'],
  ['/api/events/4ac8', '/api/events/[eventId]'],
  ['/api/accounts/CZ-1/other', 'other'],
  ['/api/accounts/CZ-1/at/more', 'other'],
  ['/api', 'other'],
  ['/', 'other'],
])('%s is %s', (pathname, pattern) => {
  expect(toRoutePattern(pathname)).toBe(pattern);
});

it('takes the address that is spelled out before the one with a parameter', () => {
  expect(toRoutePattern('/api/accounts/totals')).toBe('/api/accounts/totals');
  expect(toRoutePattern('/api/permissions/changes')).toBe('/api/permissions/changes');
});
