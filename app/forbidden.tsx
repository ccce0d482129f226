import type { Metadata } from 'next';
import { EmptyState } from '#components/ui/empty-state.tsx';

export const metadata: Metadata = { title: 'No right' };

/** Instead of a page that somebody may not see. */
export default function Forbidden() {
  return (
    <EmptyState
      title="You have no right to see this page"
      hint="Whoever administers the users can grant it: Permissions shows who holds what."
    />
  );
}
