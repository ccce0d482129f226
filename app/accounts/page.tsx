import type { Metadata } from 'next';
import { openAccount } from '#app/actions/account-actions.ts';
import { AccountsView } from '#components/modules/bank/accounts/accounts-view.tsx';

export const metadata: Metadata = { title: 'Accounts' };

export default function AccountsPage() {
  return <AccountsView openAccount={openAccount} />;
}
