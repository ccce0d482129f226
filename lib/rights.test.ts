import { expect, it } from 'vitest';
import { holdsRight, toRightText, VIEW_ALL, VIEW_ANY, viewOf } from './rights.ts';

it('gives a right in one module, or in all', () => {
  const right = { module: 'bank', action: 'commands' } as const;
  expect(holdsRight(['bank:commands'], right)).toBe(true);
  expect(holdsRight(['*:commands'], right)).toBe(true);
  expect(holdsRight(['bank:view', 'users:commands', '*:view', '*'], right)).toBe(false);
  expect(holdsRight([], right)).toBe(false);
});

it('holds a right in all modules only by the permission for all', () => {
  expect(holdsRight(['bank:view', 'users:view'], VIEW_ALL)).toBe(false);
  expect(holdsRight(['*:view'], VIEW_ALL)).toBe(true);
});

it('holds a right in some module by any of them', () => {
  expect(holdsRight(['bank:view'], VIEW_ANY)).toBe(true);
  expect(holdsRight(['*:view'], VIEW_ANY)).toBe(true);
  expect(holdsRight(['bank:commands'], VIEW_ANY)).toBe(false);
});

it('is written as permissions are', () => {
  expect(toRightText(viewOf('bank'))).toBe('bank:view');
  expect(toRightText(VIEW_ANY)).toBe('view in any module');
});
