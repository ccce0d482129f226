import type { Metadata } from 'next';
import { InvitationPage } from '#components/console/sign-in/invitation-page.tsx';
import { getWebContext } from '#server/web/context.ts';

export const metadata: Metadata = { title: 'Invitation' };

/** /sign-in/invitation#code: everybody may see it. */
export default function Page() {
  return <InvitationPage provider={getWebContext().provider?.name ?? null} />;
}
