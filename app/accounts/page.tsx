import type { Metadata } from 'next';
import { openAccount } from '#app/actions/account-actions.ts';
import { AccountsView } from '#components/modules/bank/accounts/accounts-view.tsx';
import { viewOf } from '#lib/rights.ts';
import { requirePage } from '#server/web/identity/require-page.ts';

export const metadata: Metadata = { title: 'Accounts' };

export default async function AccountsPage() {
  await requirePage(viewOf('bank'));
  return <AccountsView openAccount={openAccount} />;
}
