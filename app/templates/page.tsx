import type { Metadata } from 'next';
import { issueCommand } from '#app/actions/issue-command.ts';
import { TemplatesView } from '#components/modules/templates/templates/templates-view.tsx';
import { viewOf } from '#lib/rights.ts';
import { requirePage } from '#server/web/identity/require-page.ts';

export const metadata: Metadata = { title: 'Templates' };

export default async function TemplatesPage() {
  await requirePage(viewOf('templates'));
  return <TemplatesView issue={issueCommand} />;
}
