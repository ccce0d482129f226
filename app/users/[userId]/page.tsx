import type { Metadata } from 'next';
import { issueCommand } from '#app/actions/issue-command.ts';
import { UserPage } from '#components/modules/users/user/user-page.tsx';
import { decodePathPart } from '#lib/decode-path-part.ts';
import { toUserId } from '#lib/modules/users/user-id.ts';
import { viewOf } from '#lib/rights.ts';
import { requirePage } from '#server/web/identity/require-page.ts';

type Route = { params: Promise<{ userId: string }> };

export async function generateMetadata({ params }: Route): Promise<Metadata> {
  return { title: await readUserId(params) };
}

/** /users/[userId]: the id in any case. */
export default async function Page({ params }: Route) {
  await requirePage(viewOf('users'));
  const userId = await readUserId(params);
  return <UserPage key={userId} userId={userId} issue={issueCommand} />;
}

async function readUserId(params: Route['params']): Promise<string> {
  const text = decodePathPart((await params).userId);
  return toUserId(text) ?? text;
}
