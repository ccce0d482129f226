import { PERMISSION_ACTIONS, type PermissionAction } from '#lib/permission-actions.ts';

/** A right in a module by its name, or in all of them (`*`): what one needs to do something. */
export type Right = { readonly module: string; readonly action: PermissionAction };

/** Whether these scopes hold the right, for its module or for all. */
export function holdsRight(scopes: readonly string[], { module, action }: Right): boolean {
  return scopes.includes(`${module}:${action}`) || scopes.includes(`*:${action}`);
}

/** Every scope that a token can have with these modules. */
export function toTokenScopes(modules: readonly string[]): string[] {
  return ['*', ...modules].flatMap((module) =>
    PERMISSION_ACTIONS.map((action) => `${module}:${action}`),
  );
}
