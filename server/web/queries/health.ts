import type { Health } from '#lib/contracts/queries.ts';
import type { SystemWatch } from '#server/runtime/system/system-watch.ts';

/** The state of everything that the console needs. Never throws. */
export async function getHealth(watch: SystemWatch): Promise<Health> {
  return (await watch.read()).health;
}
