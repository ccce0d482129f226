import type { Metadata } from 'next';
import { ProjectionsView } from '#components/projections/projections-view.tsx';

export const metadata: Metadata = { title: 'Projections' };

export default function ProjectionsPage() {
  return <ProjectionsView />;
}
