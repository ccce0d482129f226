import type { Metadata } from 'next';
import { WebhooksView } from '#components/console/webhooks/webhooks-view.tsx';
import { VIEW_ALL } from '#lib/rights.ts';
import { requirePage } from '#server/web/identity/require-page.ts';

export const metadata: Metadata = { title: 'Webhooks' };

/** /webhooks?webhook=: where events are sent, and what came of it. */
export default async function Page() {
  await requirePage(VIEW_ALL);
  return <WebhooksView />;
}
