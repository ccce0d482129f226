import type { Metadata } from 'next';
import { CommandHistoryView } from '#components/console/command-history/command-history-view.tsx';

export const metadata: Metadata = { title: 'Commands' };

/** /commands: every command, with its outcome and its way. */
export default function CommandsPage() {
  return <CommandHistoryView />;
}
