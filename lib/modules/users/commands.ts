import { z } from 'zod';
import { textSchema } from '../../contracts/command-texts.ts';
import { emailAddressSchema } from './email-address.ts';
import { PERMISSIONS } from './permissions.ts';
import { toUserId, USER_ID_RULE } from './user-id.ts';

/** Longest texts, in characters: a name, and a reason. */
const MAX_NAME_LENGTH = 100;
const MAX_REASON_LENGTH = 200;

/** The users' commands as they travel: shapes, sizes, and every text in its one form. */
const userId = z
  .string()
  .refine((text) => toUserId(text) !== undefined, USER_ID_RULE)
  .transform((text) => toUserId(text) ?? '');
const name = textSchema.trim().max(MAX_NAME_LENGTH);

/** Left out, or empty as a form sends it: none. */
const optionalEmail = z
  .string()
  .trim()
  .transform((text) => text || undefined)
  .pipe(emailAddressSchema.optional())
  .optional();

/** A list of permissions, each once, in one order. */
const permissions = z
  .array(z.enum(PERMISSIONS))
  .max(100)
  .default([])
  .transform((list) => [...new Set(list)].sort());

export const registerUserSchema = z.object({
  userId,
  email: emailAddressSchema,
  name: name.min(1, 'A name is needed.'),
});

/**
 * What is left out stays as it is. A new address names the one that it replaces: that one is released in
 * the same transaction, and nobody overwrites a change that they have not seen.
 */
export const updateUserProfileSchema = z
  .object({
    userId,
    name: name.optional().transform((text) => text || undefined),
    email: optionalEmail,
    currentEmail: optionalEmail,
  })
  .refine(({ email, currentEmail }) => email === undefined || currentEmail !== undefined, {
    path: ['currentEmail'],
    message: 'A new address needs the one that it replaces.',
  });

export const changeUserPermissionsSchema = z
  .object({ userId, grant: permissions, revoke: permissions })
  .refine(({ grant, revoke }) => !grant.some((permission) => revoke.includes(permission)), {
    path: ['revoke'],
    message: 'A permission is either granted or revoked, not both.',
  });

export const deactivateUserSchema = z.object({
  userId,
  reason: textSchema
    .trim()
    .max(MAX_REASON_LENGTH)
    .transform((text) => text || undefined)
    .optional(),
});

export type RegisterUserInput = z.output<typeof registerUserSchema>;
export type UpdateUserProfileInput = z.output<typeof updateUserProfileSchema>;
export type ChangeUserPermissionsInput = z.output<typeof changeUserPermissionsSchema>;
export type DeactivateUserInput = z.output<typeof deactivateUserSchema>;
