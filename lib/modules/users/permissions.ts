import { PERMISSION_ACTIONS, type PermissionAction } from '../../permission-actions.ts';

/** What a permission is for: everything (`*`), or one module by its name. A new module is added here. */
const SCOPES = ['*', 'bank', 'projects', 'templates', 'users'] as const;

export type PermissionScope = (typeof SCOPES)[number];

/** A permission of the console: `bank:commands`; `*:view` is `view` of every module. */
export type Permission = `${PermissionScope}:${PermissionAction}`;

/** Every permission that there is, the general ones first. */
export const PERMISSIONS: readonly Permission[] = SCOPES.flatMap((scope) =>
  PERMISSION_ACTIONS.map((action): Permission => `${scope}:${action}`),
);
