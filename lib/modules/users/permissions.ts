/** What a permission is for: everything (`*`), or one module by its name. A new module is added here. */
const SCOPES = ['*', 'bank', 'projects', 'templates', 'users'] as const;

/**
 * What a permission lets one do. view: see pages and read the API. commands: send the module's commands.
 * operations: pause, rebuild, retry, repair. administration: what changes who may do what, and settings.
 */
const ACTIONS = ['view', 'commands', 'operations', 'administration'] as const;

export type PermissionScope = (typeof SCOPES)[number];
export type PermissionAction = (typeof ACTIONS)[number];

/** A permission of the console: `bank:commands`; `*:view` is `view` of every module. */
export type Permission = `${PermissionScope}:${PermissionAction}`;

/** Every permission that there is, the general ones first. */
export const PERMISSIONS: readonly Permission[] = SCOPES.flatMap((scope) =>
  ACTIONS.map((action): Permission => `${scope}:${action}`),
);
