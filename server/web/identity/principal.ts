import type { Viewer } from '#lib/contracts/sign-in.ts';
import { PERMISSION_ACTIONS } from '#lib/permission-actions.ts';
import { LOCAL_OPERATOR } from '#server/runtime/identity/subject.ts';

/** Who asks, and what they may do. */
export type Principal = Viewer;

/** Every right in every module. */
const EVERYTHING = PERMISSION_ACTIONS.map((action) => `*:${action}`);

/** Who started Playhead on this machine, and opened the link that the start printed. */
export const localOperator: Principal = {
  kind: 'local-operator',
  actor: LOCAL_OPERATOR,
  name: 'Local operator',
  rights: EVERYTHING,
};

/** Whoever comes while sign-in is off. */
export const anybody: Principal = {
  kind: 'anybody',
  actor: 'anybody',
  name: 'Anybody',
  rights: EVERYTHING,
};

/** Whoever comes to what everybody may see. */
export const nobody: Principal = { kind: 'nobody', actor: 'nobody', name: 'Nobody', rights: [] };
