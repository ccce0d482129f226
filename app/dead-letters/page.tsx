import type { Metadata } from 'next';
import { DeadLettersView } from '#components/console/dead-letters/dead-letters-view.tsx';
import { VIEW_ALL } from '#lib/rights.ts';
import { requirePage } from '#server/web/identity/require-page.ts';

export const metadata: Metadata = { title: 'Dead letters' };

export default async function DeadLettersPage() {
  await requirePage(VIEW_ALL);
  return <DeadLettersView />;
}
