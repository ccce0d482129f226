import type { Metadata } from 'next';
import { SessionPage } from '#components/console/sign-in/session-page.tsx';
import { SIGNED_IN } from '#lib/rights.ts';
import { requirePage } from '#server/web/identity/require-page.ts';

export const metadata: Metadata = { title: 'Your sessions' };

/** /session: one's own sessions and passkeys. */
export default async function Page() {
  await requirePage(SIGNED_IN);
  return <SessionPage />;
}
