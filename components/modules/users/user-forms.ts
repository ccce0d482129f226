import { type FormField, toFormFields } from '#lib/contracts/form-fields.ts';
import {
  changeUserPermissionsSchema,
  deactivateUserSchema,
  registerUserSchema,
  updateUserProfileSchema,
} from '#lib/modules/users/commands.ts';
import { USER_FIELD_LABELS } from '#lib/modules/users/field-labels.ts';
import { USER_ID_RULE } from '#lib/modules/users/user-id.ts';

/** The fields of the users' commands that are asked for; the user that they are about is not. */
export const REGISTER_FIELDS = toFormFields(registerUserSchema, USER_FIELD_LABELS).map(
  (field): FormField => (field.name === 'userId' ? { ...field, help: USER_ID_RULE } : field),
);
export const PROFILE_FIELDS = toFormFields(updateUserProfileSchema, USER_FIELD_LABELS).filter(
  ({ name }) => name === 'name' || name === 'email',
);
export const DEACTIVATION_FIELDS = toFormFields(deactivateUserSchema, USER_FIELD_LABELS).filter(
  ({ name }) => name === 'reason',
);

/** What can be granted to somebody who holds `held`, and what can be revoked: nothing that changes nothing. */
export function toPermissionFields(held: readonly string[]): FormField[] {
  return toFormFields(changeUserPermissionsSchema, USER_FIELD_LABELS).flatMap((field) => {
    const options = field.options.filter(
      (permission) => held.includes(permission) === (field.name === 'revoke'),
    );
    return options.length > 0 ? [{ ...field, options }] : [];
  });
}
