import type { Metadata } from 'next';
import { PermissionsView } from '#components/modules/users/permissions/permissions-view.tsx';
import { viewOf } from '#lib/rights.ts';
import { requirePage } from '#server/web/identity/require-page.ts';

export const metadata: Metadata = { title: 'Permissions' };

export default async function PermissionsPage() {
  await requirePage(viewOf('users'));
  return <PermissionsView />;
}
