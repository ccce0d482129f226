import type { Metadata } from 'next';
import { ApiDocsPage } from '#components/console/api-docs/api-docs-page.tsx';
import { SIGNED_IN } from '#lib/rights.ts';
import { toEndpointDocs } from '#server/web/api/endpoint-docs.ts';
import { getWebContext } from '#server/web/context.ts';
import { requirePage } from '#server/web/identity/require-page.ts';

export const metadata: Metadata = { title: 'API' };

/** /api-docs: what programs can do, to be tried. */
export default async function Page() {
  await requirePage(SIGNED_IN);
  return <ApiDocsPage endpoints={toEndpointDocs(getWebContext().registry)} />;
}
