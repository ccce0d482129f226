import { afterAll, expect, it } from 'vitest';
import { getListPage } from '#server/runtime/queries/list-page.ts';
import { startSystem } from '#server/testing/system.ts';
import { deactivateUser } from './commands/deactivate-user.ts';
import { registerUser } from './commands/register-user.ts';
import { usersList } from './queries/users-list.ts';

const system = await startSystem();
afterAll(() => system.stop());

it('a user goes through a whole system: commands, events, views and list say the same', async () => {
  const user = { userId: 'u-1', email: 'ada@example.com', name: 'Ada Lovelace' };
  await system.run(registerUser, user);
  await system.run(deactivateUser, { userId: 'u-1', reason: 'Left' });
  // The user, and the address.
  expect(await system.reconcile()).toMatchObject({ checked: 2, different: 0, items: [] });
  const { items } = await getListPage(system.db, usersList, new URLSearchParams('q=ada'));
  expect(items).toMatchObject([{ ...user, status: 'deactivated', version: 2 }]);
});
