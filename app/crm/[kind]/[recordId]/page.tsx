import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { RecordPage } from '#components/modules/crm/record-page.tsx';
import { decodePathPart } from '#lib/decode-path-part.ts';
import { findEntityOf } from '#lib/modules/crm/entities.ts';
import { toRecordId } from '#lib/modules/crm/record-id.ts';
import { viewOf } from '#lib/rights.ts';
import { requirePage } from '#server/web/identity/require-page.ts';

type Route = { params: Promise<{ kind: string; recordId: string }> };

export async function generateMetadata({ params }: Route): Promise<Metadata> {
  return { title: decodePathPart((await params).recordId) };
}

/** /crm/[kind]/[recordId]: the id of 15 or 18 characters. */
export default async function Page({ params }: Route) {
  await requirePage(viewOf('crm'));
  const { kind, recordId } = await params;
  const entity = findEntityOf(kind);
  const text = decodePathPart(recordId);
  const id = toRecordId(text) ?? text;
  return entity === undefined ? notFound() : <RecordPage key={id} entity={entity} recordId={id} />;
}
