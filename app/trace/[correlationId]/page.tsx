import type { Metadata } from 'next';
import { TracePage } from '#components/console/trace/trace-page.tsx';
import { decodePathPart } from '#lib/decode-path-part.ts';
import { VIEW_ALL } from '#lib/rights.ts';
import { requirePage } from '#server/web/identity/require-page.ts';

export const metadata: Metadata = { title: 'Trace' };

type Route = { params: Promise<{ correlationId: string }> };

/** /trace/[correlationId]: everything that one request set off. */
export default async function TraceRoute({ params }: Route) {
  await requirePage(VIEW_ALL);
  const { correlationId } = await params;
  return <TracePage correlationId={decodePathPart(correlationId)} />;
}
