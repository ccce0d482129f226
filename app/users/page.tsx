import type { Metadata } from 'next';
import { issueCommand } from '#app/actions/issue-command.ts';
import { UsersView } from '#components/modules/users/users/users-view.tsx';
import { viewOf } from '#lib/rights.ts';
import { requirePage } from '#server/web/identity/require-page.ts';

export const metadata: Metadata = { title: 'Users' };

export default async function UsersPage() {
  await requirePage(viewOf('users'));
  return <UsersView issue={issueCommand} />;
}
