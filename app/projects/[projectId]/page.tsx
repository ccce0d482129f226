import type { Metadata } from 'next';
import { issueCommand } from '#app/actions/issue-command.ts';
import { ProjectPage } from '#components/modules/projects/project/project-page.tsx';
import { decodePathPart } from '#lib/decode-path-part.ts';
import { viewOf } from '#lib/rights.ts';
import { toSlug } from '#lib/slug.ts';
import { requirePage } from '#server/web/identity/require-page.ts';

type Route = { params: Promise<{ projectId: string }> };

export async function generateMetadata({ params }: Route): Promise<Metadata> {
  return { title: await readId(params) };
}

/** /projects/[projectId]: the id in any case. */
export default async function Page({ params }: Route) {
  await requirePage(viewOf('projects'));
  const id = await readId(params);
  return <ProjectPage key={id} projectId={id} issue={issueCommand} />;
}

async function readId(params: Route['params']): Promise<string> {
  const text = decodePathPart((await params).projectId);
  return toSlug(text) ?? text;
}
