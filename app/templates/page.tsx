import type { Metadata } from 'next';
import { issueCommand } from '#app/actions/issue-command.ts';
import { TemplatesView } from '#components/modules/templates/templates/templates-view.tsx';

export const metadata: Metadata = { title: 'Templates' };

export default function TemplatesPage() {
  return <TemplatesView issue={issueCommand} />;
}
