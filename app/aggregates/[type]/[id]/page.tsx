import type { Metadata } from 'next';
import { issueCommand } from '#app/actions/issue-command.ts';
import { AggregatePage } from '#components/console/aggregate/aggregate-page.tsx';
import { toAggregateId } from '#lib/aggregate-id.ts';
import { decodePathPart } from '#lib/decode-path-part.ts';
import { requirePage } from '#server/web/identity/require-page.ts';
import { viewOfAggregateType } from '#server/web/identity/rights-of.ts';

type Route = { params: Promise<{ type: string; id: string }> };

export async function generateMetadata({ params }: Route): Promise<Metadata> {
  return { title: await readAggregateId(params) };
}

/** /aggregates/[type]/[id]: an aggregate whose module has no page of its own for it. */
export default async function Page({ params }: Route) {
  const { type } = await params;
  await requirePage(({ registry }) => viewOfAggregateType(registry, decodePathPart(type)));
  const aggregateId = await readAggregateId(params);
  return <AggregatePage key={aggregateId} aggregateId={aggregateId} issue={issueCommand} />;
}

async function readAggregateId(params: Route['params']): Promise<string> {
  const { type, id } = await params;
  return toAggregateId(decodePathPart(type), decodePathPart(id));
}
