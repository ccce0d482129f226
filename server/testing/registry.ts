import { accountAggregate } from '#server/modules/bank/domain/account-aggregate.ts';
import { bankModule } from '#server/modules/bank/module.ts';
import { MODULES } from '#server/modules/index.ts';
import { createRegistry } from '#server/runtime/registry.ts';

/**
 * What the bank registers, with the views of accounts alone: the runtime's tests are told with accounts, and
 * what else there is has tests of its own.
 */
export const TEST_REGISTRY = createRegistry([
  {
    ...bankModule,
    views: bankModule.views.filter(({ aggregate }) => aggregate.type === accountAggregate.type),
    lists: [],
  },
]);

/** What every module registers, for what must be true of a module that is added later as well. */
export const FULL_REGISTRY = createRegistry(MODULES);
