import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import {
  changeUserPermissionsSchema,
  deactivateUserSchema,
  registerUserSchema,
  updateUserProfileSchema,
} from './commands.ts';
import { PERMISSIONS } from './permissions.ts';

const register = { userId: ' User-001 ', email: ' Ada@Example.COM ', name: ' Ada Lovelace ' };

describe('registerUserSchema', () => {
  it('brings every text into its one form', () => {
    expect(registerUserSchema.parse(register)).toEqual({
      userId: 'user-001',
      email: 'ada@example.com',
      name: 'Ada Lovelace',
    });
  });

  it.each([
    ['userId', ''],
    ['userId', '-a'],
    ['userId', 'a-'],
    ['userId', 'a#b'],
    ['userId', '\u212aelvin'],
    ['userId', 'a'.repeat(65)],
    ['email', ''],
    ['email', 'ada'],
    ['email', 'ada@example'],
    ['email', 'a da@example.com'],
    ['email', 'ada@@example.com'],
    ['email', 'ad\u0430@example.com'],
    ['email', '\u212a@example.com'],
    ['email', `${'a'.repeat(250)}@example.com`],
    ['name', ' '],
    ['name', 'x'.repeat(101)],
    ['name', 'Ada\u202e'],
    ['name', 7],
  ])('refuses the %s “%s”', (field, value) => {
    const parsed = registerUserSchema.safeParse({ ...register, [field]: value });
    expect(parsed.error?.issues[0]?.path).toEqual([field]);
  });
});

describe('updateUserProfileSchema', () => {
  it('takes what is left out, and what is empty, for unchanged', () => {
    const unchanged = { name: undefined, email: undefined, currentEmail: undefined };
    for (const empty of [{}, { name: ' ', email: '', currentEmail: '' }]) {
      expect(updateUserProfileSchema.parse({ userId: 'u', ...empty })).toEqual({
        userId: 'u',
        ...unchanged,
      });
    }
  });

  it('says what is wrong with an address', () => {
    const parsed = updateUserProfileSchema.safeParse({ userId: 'u', email: 'ada' });
    expect(parsed.error?.issues[0]).toMatchObject({
      path: ['email'],
      message: expect.stringContaining('looks like'),
    });
  });

  it('wants the address that a new one replaces', () => {
    const parsed = updateUserProfileSchema.safeParse({ userId: 'u', email: 'b@example.com' });
    expect(parsed.error?.issues[0]?.path).toEqual(['currentEmail']);
  });
});

describe('changeUserPermissionsSchema', () => {
  it('takes each permission once, in one order', () => {
    const grant = ['users:view', '*:view', 'users:view'];
    expect(changeUserPermissionsSchema.parse({ userId: 'u', grant })).toEqual({
      userId: 'u',
      grant: ['*:view', 'users:view'],
      revoke: [],
    });
  });

  it('knows its own permissions only, and none that is granted and revoked', () => {
    expect(PERMISSIONS).toContain('bank:commands');
    expect(
      changeUserPermissionsSchema.safeParse({ userId: 'u', grant: ['bank:all'] }).success,
    ).toBe(false);
    const both = { userId: 'u', grant: ['*:view'], revoke: ['*:view'] };
    expect(changeUserPermissionsSchema.safeParse(both).error?.issues[0]?.path).toEqual(['revoke']);
  });
});

it('can be shown as a form: every schema has a JSON Schema', () => {
  for (const schema of [
    registerUserSchema,
    updateUserProfileSchema,
    changeUserPermissionsSchema,
    deactivateUserSchema,
  ]) {
    expect(z.toJSONSchema(schema, { io: 'input' })).toMatchObject({ type: 'object' });
  }
});

it('takes an empty reason for none', () => {
  expect(deactivateUserSchema.parse({ userId: 'u', reason: ' ' }).reason).toBeUndefined();
});
