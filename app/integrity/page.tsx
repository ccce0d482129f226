import type { Metadata } from 'next';
import { IntegrityView } from '#components/console/integrity/integrity-view.tsx';

export const metadata: Metadata = { title: 'Integrity' };

export default function IntegrityPage() {
  return <IntegrityView />;
}
