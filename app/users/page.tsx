import type { Metadata } from 'next';
import { issueCommand } from '#app/actions/issue-command.ts';
import { UsersView } from '#components/modules/users/users/users-view.tsx';

export const metadata: Metadata = { title: 'Users' };

export default function UsersPage() {
  return <UsersView issue={issueCommand} />;
}
