import type { Metadata } from 'next';
import { NotFoundMessage } from '#components/shell/not-found-message.tsx';
import { SIGNED_IN } from '#lib/rights.ts';
import { requirePage } from '#server/web/identity/require-page.ts';

export const metadata: Metadata = { title: 'Not found' };

export default async function NotFound() {
  await requirePage(SIGNED_IN);
  return <NotFoundMessage />;
}
