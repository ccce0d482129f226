import type { Metadata } from 'next';
import { RebuildPage } from '#components/console/rebuild/rebuild-page.tsx';
import { decodePathPart } from '#lib/decode-path-part.ts';
import { VIEW_ALL } from '#lib/rights.ts';
import { requirePage } from '#server/web/identity/require-page.ts';

export const metadata: Metadata = { title: 'Rebuild' };

type Route = { params: Promise<{ name: string }> };

/** /projections/[name]/rebuild: the life of a new generation of a projection. */
export default async function Page({ params }: Route) {
  await requirePage(VIEW_ALL);
  const name = decodePathPart((await params).name);
  return <RebuildPage key={name} name={name} />;
}
