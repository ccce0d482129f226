import type { Principal } from '#server/web/identity/principal.ts';

/** A tester who may do everything. */
export const TESTER: Principal = {
  kind: 'person',
  actor: 'user:tester',
  name: 'Tester',
  rights: ['*:view', '*:commands', '*:operations', '*:administration'],
};

/** Asks of a server action in the tester's name. */
export const ASKS = { authorize: async () => TESTER, origin: '192.0.2.1' };
