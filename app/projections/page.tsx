import type { Metadata } from 'next';
import { ProjectionsView } from '#components/console/projections/projections-view.tsx';
import { VIEW_ALL } from '#lib/rights.ts';
import { requirePage } from '#server/web/identity/require-page.ts';

export const metadata: Metadata = { title: 'Projections' };

export default async function ProjectionsPage() {
  await requirePage(VIEW_ALL);
  return <ProjectionsView />;
}
