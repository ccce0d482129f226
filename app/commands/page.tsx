import type { Metadata } from 'next';
import { CommandHistoryView } from '#components/console/command-history/command-history-view.tsx';
import { VIEW_ALL } from '#lib/rights.ts';
import { requirePage } from '#server/web/identity/require-page.ts';

export const metadata: Metadata = { title: 'Commands' };

/** /commands: every command, with its outcome and its way. */
export default async function CommandsPage() {
  await requirePage(VIEW_ALL);
  return <CommandHistoryView />;
}
