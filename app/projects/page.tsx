import type { Metadata } from 'next';
import { issueCommand } from '#app/actions/issue-command.ts';
import { ProjectsView } from '#components/modules/projects/projects/projects-view.tsx';

export const metadata: Metadata = { title: 'Projects' };

export default function ProjectsPage() {
  return <ProjectsView issue={issueCommand} />;
}
