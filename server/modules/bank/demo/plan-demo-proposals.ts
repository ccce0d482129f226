import type { DemoCommand } from '#server/runtime/demo-command.ts';
import { DEMO_ACCOUNTS, type DemoAccountKey } from './demo-accounts.ts';

type DemoProposal = {
  readonly from: DemoAccountKey;
  readonly to: DemoAccountKey;
  readonly amount: string;
  readonly description: string;
  /** Why it was declined; without it, it waits. */
  readonly declinedFor?: string;
};

const PROPOSALS: readonly DemoProposal[] = [
  {
    from: 'harbor',
    to: 'maria',
    amount: '15000.00',
    description: 'Invoice 2041',
    declinedFor: 'The invoice says 1,500.00',
  },
  {
    from: 'bakery',
    to: 'tomas',
    amount: '260000.00',
    description: 'Second oven',
    declinedFor: 'The oven was not delivered',
  },
  {
    from: 'landlord',
    to: 'cafe',
    amount: '12000.00',
    description: 'Rebuilding of the kitchen, our half',
  },
];

/**
 * Transfers of the demo bank that are large enough to be proposed, of which all but one are declined. They
 * have no booking time: they are asked for now, and no account is changed by them.
 */
export function planDemoProposals(): DemoCommand[] {
  return PROPOSALS.flatMap(({ from, to, amount, description, declinedFor }) => {
    const { number: fromAccountId, currency } = DEMO_ACCOUNTS[from];
    const { number: toAccountId } = DEMO_ACCOUNTS[to];
    const transferId = `demo-propose-${from}`;
    const input = { fromAccountId, toAccountId, amount, currency, description };
    const proposal = { commandId: transferId, type: 'Transfer', input };
    return declinedFor === undefined
      ? [proposal]
      : [
          proposal,
          {
            commandId: `demo-decline-${from}`,
            type: 'DeclineTransfer',
            input: { transferId, reason: declinedFor },
          },
        ];
  });
}
