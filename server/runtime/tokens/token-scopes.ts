import { PERMISSION_ACTIONS } from '#lib/permission-actions.ts';

/** Every scope that a token can have with these modules. */
export function toTokenScopes(modules: readonly string[]): string[] {
  return ['*', ...modules].flatMap((module) =>
    PERMISSION_ACTIONS.map((action) => `${module}:${action}`),
  );
}
