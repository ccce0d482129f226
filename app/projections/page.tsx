import type { Metadata } from 'next';
import { ProjectionsView } from '#components/console/projections/projections-view.tsx';

export const metadata: Metadata = { title: 'Projections' };

export default function ProjectionsPage() {
  return <ProjectionsView />;
}
