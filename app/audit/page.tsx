import type { Metadata } from 'next';
import { AuditView } from '#components/console/audit/audit-view.tsx';
import { OPERATE } from '#lib/rights.ts';
import { requirePage } from '#server/web/identity/require-page.ts';

export const metadata: Metadata = { title: 'Audit' };

export default async function AuditPage() {
  await requirePage(OPERATE);
  return <AuditView />;
}
