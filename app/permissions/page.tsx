import type { Metadata } from 'next';
import { PermissionsView } from '#components/modules/users/permissions/permissions-view.tsx';

export const metadata: Metadata = { title: 'Permissions' };

export default function PermissionsPage() {
  return <PermissionsView />;
}
