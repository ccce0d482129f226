import type { PermissionAction } from './permission-actions.ts';

/**
 * What one needs to do something: an action in a module by its name, in all of them (`*`), or in at least
 * one of them (`any`).
 */
export type Right = { readonly module: string; readonly action: PermissionAction };

/** To see what a module has. */
export const viewOf = (module: string): Right => ({ module, action: 'view' });

/** To send a module's commands. */
export const commandsOf = (module: string): Right => ({ module, action: 'commands' });

/** To do what a module leaves to its operators. */
export const operationsOf = (module: string): Right => ({ module, action: 'operations' });

/** To see what mixes all modules. */
export const VIEW_ALL = viewOf('*');

/** To see what is of no module: how the delivery stands. */
export const VIEW_ANY = viewOf('any');

/** To be known, whatever one may do. */
export const SIGNED_IN = 'signed-in';

/** To change who may do what. */
export const ADMINISTER_USERS: Right = { module: 'users', action: 'administration' };

/** To administer what is of no module. */
export const ADMINISTER: Right = { module: '*', action: 'administration' };

/** To change and see what operators do. */
export const OPERATE: Right = { module: '*', action: 'operations' };

/** Whether these permissions, or scopes of a token, hold the right. */
export function holdsRight(held: readonly string[], { module, action }: Right): boolean {
  return module === 'any'
    ? held.some((permission) => permission.endsWith(`:${action}`))
    : held.includes(`${module}:${action}`) || held.includes(`*:${action}`);
}

/** A right as permissions are written: `bank:view`. */
export function toRightText({ module, action }: Right): string {
  return module === 'any' ? `${action} in any module` : `${module}:${action}`;
}
