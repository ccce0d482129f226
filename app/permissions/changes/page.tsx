import type { Metadata } from 'next';
import { ChangesView } from '#components/modules/users/permissions/changes-view.tsx';
import { viewOf } from '#lib/rights.ts';
import { requirePage } from '#server/web/identity/require-page.ts';

export const metadata: Metadata = { title: 'Changes of permissions' };

export default async function PermissionChangesPage() {
  await requirePage(viewOf('users'));
  return <ChangesView />;
}
