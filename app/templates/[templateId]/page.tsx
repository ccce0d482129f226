import type { Metadata } from 'next';
import { issueCommand } from '#app/actions/issue-command.ts';
import { TemplatePage } from '#components/modules/templates/template/template-page.tsx';
import { decodePathPart } from '#lib/decode-path-part.ts';
import { viewOf } from '#lib/rights.ts';
import { toSlug } from '#lib/slug.ts';
import { requirePage } from '#server/web/identity/require-page.ts';

type Route = { params: Promise<{ templateId: string }> };

export async function generateMetadata({ params }: Route): Promise<Metadata> {
  return { title: await readId(params) };
}

/** /templates/[templateId]: the id in any case. */
export default async function Page({ params }: Route) {
  await requirePage(viewOf('templates'));
  const id = await readId(params);
  return <TemplatePage key={id} templateId={id} issue={issueCommand} />;
}

async function readId(params: Route['params']): Promise<string> {
  const text = decodePathPart((await params).templateId);
  return toSlug(text) ?? text;
}
