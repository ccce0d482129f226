import type { Metadata } from 'next';
import { ChangesView } from '#components/modules/users/permissions/changes-view.tsx';

export const metadata: Metadata = { title: 'Changes of permissions' };

export default function PermissionChangesPage() {
  return <ChangesView />;
}
