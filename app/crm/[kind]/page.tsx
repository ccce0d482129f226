import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { issueCommand } from '#app/actions/issue-command.ts';
import { EntitiesView } from '#components/modules/crm/entities-view.tsx';
import { findEntityOf } from '#lib/modules/crm/entities.ts';
import { viewOf } from '#lib/rights.ts';
import { requirePage } from '#server/web/identity/require-page.ts';

type Route = { params: Promise<{ kind: string }> };

export async function generateMetadata({ params }: Route): Promise<Metadata> {
  return { title: `CRM ${(await params).kind}` };
}

/** /crm/[kind]: clients, contracts, deals or contacts. */
export default async function Page({ params }: Route) {
  await requirePage(viewOf('crm'));
  const entity = findEntityOf((await params).kind);
  return entity === undefined ? (
    notFound()
  ) : (
    <EntitiesView key={entity.plural} plural={entity.plural} issue={issueCommand} />
  );
}
