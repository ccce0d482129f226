import { expect, it } from 'vitest';
import { toLocalPath } from './local-path.ts';

it.each([
  ['/accounts?q=a', '/accounts?q=a'],
  ['/', '/'],
  ['//evil.example', '/'],
  ['/\\evil.example', '/'],
  ['https://evil.example/', '/'],
  ['javascript:alert(1)', '/'],
  ['/\t/evil.example', '/'],
  ['/sign-in?next=/', '/'],
  ['accounts', '/'],
  [undefined, '/'],
  [['/a', '/b'], '/'],
])('%j leads to %s', (text, path) => {
  expect(toLocalPath(text)).toBe(path);
});
