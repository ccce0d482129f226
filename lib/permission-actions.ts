/**
 * What a permission lets one do, in a module or in all. view: see pages and read the API. commands: send
 * the module's commands. operations: pause, rebuild, retry, repair, and the commands that a module leaves to
 * its operators, as the approval of a large transfer. administration: what changes who may do what, and settings.
 */
export const PERMISSION_ACTIONS = ['view', 'commands', 'operations', 'administration'] as const;

export type PermissionAction = (typeof PERMISSION_ACTIONS)[number];
