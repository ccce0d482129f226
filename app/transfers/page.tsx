import type { Metadata } from 'next';
import { issueCommand } from '#app/actions/issue-command.ts';
import { TransfersView } from '#components/modules/bank/transfers/transfers-view.tsx';
import { viewOf } from '#lib/rights.ts';
import { requirePage } from '#server/web/identity/require-page.ts';

export const metadata: Metadata = { title: 'Transfers to approve' };

export default async function TransfersPage() {
  await requirePage(viewOf('bank'));
  return <TransfersView issue={issueCommand} />;
}
