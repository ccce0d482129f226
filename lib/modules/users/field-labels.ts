import type { FieldLabels } from '#lib/field-labels.ts';

/** The fields of the users' commands, as the forms call them. */
export const USER_FIELD_LABELS: FieldLabels = {
  currentEmail: 'Current e-mail address',
  email: 'E-mail address',
  grant: 'Permissions to grant',
  name: 'Name',
  reason: 'Reason',
  revoke: 'Permissions to revoke',
  userId: 'User id',
};
