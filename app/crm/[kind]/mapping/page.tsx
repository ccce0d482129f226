import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { MappingPage } from '#components/modules/crm/mapping-page.tsx';
import { findEntityOf } from '#lib/modules/crm/entities.ts';
import { viewOf } from '#lib/rights.ts';
import { requirePage } from '#server/web/identity/require-page.ts';

type Route = { params: Promise<{ kind: string }> };

export const metadata: Metadata = { title: 'Mapping' };

/** /crm/[kind]/mapping */
export default async function Page({ params }: Route) {
  await requirePage(viewOf('crm'));
  const entity = findEntityOf((await params).kind);
  return entity === undefined ? notFound() : <MappingPage key={entity.plural} entity={entity} />;
}
