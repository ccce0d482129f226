import type { Metadata } from 'next';
import { closeAccount, deposit, transfer, withdraw } from '#app/actions/account-actions.ts';
import { AccountPage } from '#components/modules/bank/account/account-page.tsx';
import { decodePathPart } from '#lib/decode-path-part.ts';
import { toAccountId } from '#lib/modules/bank/account-id.ts';
import { viewOf } from '#lib/rights.ts';
import { requirePage } from '#server/web/identity/require-page.ts';

type Route = { params: Promise<{ accountId: string }> };

const actions = { deposit, withdraw, transfer, closeAccount };

export async function generateMetadata({ params }: Route): Promise<Metadata> {
  return { title: await readAccountId(params) };
}

/** /accounts/[accountId]: the number in any spelling. */
export default async function Page({ params }: Route) {
  await requirePage(viewOf('bank'));
  const accountId = await readAccountId(params);
  return <AccountPage key={accountId} accountId={accountId} actions={actions} />;
}

async function readAccountId(params: Route['params']): Promise<string> {
  const text = decodePathPart((await params).accountId);
  return toAccountId(text) ?? text;
}
