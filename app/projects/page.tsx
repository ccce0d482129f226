import type { Metadata } from 'next';
import { issueCommand } from '#app/actions/issue-command.ts';
import { ProjectsView } from '#components/modules/projects/projects/projects-view.tsx';
import { viewOf } from '#lib/rights.ts';
import { requirePage } from '#server/web/identity/require-page.ts';

export const metadata: Metadata = { title: 'Projects' };

export default async function ProjectsPage() {
  await requirePage(viewOf('projects'));
  return <ProjectsView issue={issueCommand} />;
}
