import type { Metadata } from 'next';
import { TracePage } from '#components/console/trace/trace-page.tsx';
import { decodePathPart } from '#lib/decode-path-part.ts';

export const metadata: Metadata = { title: 'Trace' };

type Route = { params: Promise<{ correlationId: string }> };

/** /trace/[correlationId]: everything that one request set off. */
export default async function TraceRoute({ params }: Route) {
  const { correlationId } = await params;
  return <TracePage correlationId={decodePathPart(correlationId)} />;
}
