import type { Metadata } from 'next';
import { MessagesView } from '#components/modules/crm/messages-view.tsx';
import { viewOf } from '#lib/rights.ts';
import { requirePage } from '#server/web/identity/require-page.ts';

export const metadata: Metadata = { title: 'CRM messages' };

/** /crm/messages: what came and is no change. */
export default async function Page() {
  await requirePage(viewOf('crm'));
  return <MessagesView />;
}
