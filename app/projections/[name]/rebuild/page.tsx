import type { Metadata } from 'next';
import { RebuildPage } from '#components/console/rebuild/rebuild-page.tsx';
import { decodePathPart } from '#lib/decode-path-part.ts';

export const metadata: Metadata = { title: 'Rebuild' };

type Route = { params: Promise<{ name: string }> };

/** /projections/[name]/rebuild: the life of a new generation of a projection. */
export default async function Page({ params }: Route) {
  const name = decodePathPart((await params).name);
  return <RebuildPage key={name} name={name} />;
}
