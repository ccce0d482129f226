import { needsFourEyes } from '#lib/modules/bank/transfer-policy.ts';
import { formatMoney } from '#lib/money.ts';
import { approveTransfer } from '#server/modules/bank/commands/approve-transfer.ts';
import { deposit, withdraw } from '#server/modules/bank/commands/move-money.ts';
import { openAccount } from '#server/modules/bank/commands/open-account.ts';
import { transfer } from '#server/modules/bank/commands/transfer.ts';
import { parseInput } from '#server/runtime/commands/parse-input.ts';
import type { Check } from '../../checks/check.ts';
import type { World } from '../../checks/world.ts';
import { outcomeOf, type SentCommand } from '../../command-log.ts';

/**
 * Money is neither made nor lost: reckoned from what the senders were told alone, each account holds
 * in the read model what its accepted commands come to, and all accounts together hold the deposits
 * less the withdrawals.
 */
export function checkMoney(commands: readonly SentCommand[], { accounts }: World): Check {
  const expected = new Map<string, bigint>();
  const totals = new Map<string, bigint>();
  const add = (sums: Map<string, bigint>, key: string, amount: bigint) =>
    sums.set(key, (sums.get(key) ?? 0n) + amount);
  const addTransfer = (input: unknown) => {
    const { fromAccountId, toAccountId, amount } = parseInput(transfer.schema, input);
    add(expected, fromAccountId, -amount);
    add(expected, toAccountId, amount);
  };
  const asked = new Map(commands.map(({ planned }) => [planned.commandId, planned.input]));
  for (const { planned } of commands.filter(isAccepted)) {
    switch (planned.type) {
      case 'OpenAccount': {
        const { number, currency } = parseInput(openAccount.schema, planned.input);
        add(expected, number, 0n);
        add(totals, currency, 0n);
        break;
      }
      case 'Deposit': {
        const { accountId, amount, currency } = parseInput(deposit.schema, planned.input);
        add(expected, accountId, amount);
        add(totals, currency, amount);
        break;
      }
      case 'Withdraw': {
        const { accountId, amount, currency } = parseInput(withdraw.schema, planned.input);
        add(expected, accountId, -amount);
        add(totals, currency, -amount);
        break;
      }
      case 'Transfer': {
        const { amount, currency } = parseInput(transfer.schema, planned.input);
        // A large one is booked by its approval.
        if (!needsFourEyes(amount, currency)) {
          addTransfer(planned.input);
        }
        break;
      }
      case 'ApproveTransfer': {
        const { transferId } = parseInput(approveTransfer.schema, planned.input);
        addTransfer(asked.get(transferId));
        break;
      }
    }
  }
  const held = new Map(accounts.map(({ accountId, balance }) => [accountId, balance]));
  const ids = new Set([...expected.keys(), ...held.keys()]);
  const wrong = [...ids]
    .filter((id) => expected.get(id) !== held.get(id))
    .map((id) => `${id} should hold ${expected.get(id)}, and holds ${held.get(id)} (minor units).`);
  const sums = new Map<string, bigint>();
  for (const { currency, balance } of accounts) {
    add(sums, currency, balance);
  }
  const lost = [...new Set([...totals.keys(), ...sums.keys()])]
    .filter((currency) => totals.get(currency) !== sums.get(currency))
    .map(
      (currency) =>
        `Deposits less withdrawals are ${totals.get(currency)} ${currency}, all accounts hold ${sums.get(currency)} (minor units).`,
    );
  const figure = [...sums]
    .map(([currency, amount]) => formatMoney({ amount, currency }))
    .join(', ');
  return { name: 'money is conserved', figure, problems: [...lost, ...wrong] };
}

function isAccepted(command: SentCommand): boolean {
  return outcomeOf(command)?.kind === 'accepted';
}
