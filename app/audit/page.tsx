import type { Metadata } from 'next';
import { AuditView } from '#components/console/audit/audit-view.tsx';

export const metadata: Metadata = { title: 'Audit' };

export default function AuditPage() {
  return <AuditView />;
}
