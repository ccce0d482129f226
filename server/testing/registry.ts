import { bankModule } from '#server/modules/bank/module.ts';
import { MODULES } from '#server/modules/index.ts';
import { createRegistry } from '#server/runtime/registry.ts';

/** What the bank registers: the runtime's tests are told with it, and every other module has tests of its own. */
export const TEST_REGISTRY = createRegistry([bankModule]);

/** What every module registers, for what must be true of a module that is added later as well. */
export const FULL_REGISTRY = createRegistry(MODULES);
