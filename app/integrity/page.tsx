import type { Metadata } from 'next';
import { IntegrityView } from '#components/console/integrity/integrity-view.tsx';
import { VIEW_ALL } from '#lib/rights.ts';
import { requirePage } from '#server/web/identity/require-page.ts';

export const metadata: Metadata = { title: 'Integrity' };

export default async function IntegrityPage() {
  await requirePage(VIEW_ALL);
  return <IntegrityView />;
}
