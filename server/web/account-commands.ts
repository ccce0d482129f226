import { formCommandIdSchema } from '#lib/contracts/command-texts.ts';
import { readAmountText } from '#lib/modules/bank/amount-text.ts';
import {
  closeAccountSchema,
  moveMoneySchema,
  openAccountSchema,
  transferSchema,
} from '#lib/modules/bank/commands.ts';
import { PlayheadError } from '#lib/playhead-error.ts';
import { closeAccount } from '#server/modules/bank/commands/close-account.ts';
import { deposit, withdraw } from '#server/modules/bank/commands/move-money.ts';
import { openAccount } from '#server/modules/bank/commands/open-account.ts';
import { transfer } from '#server/modules/bank/commands/transfer.ts';
import { runCommand } from '#server/runtime/commands/command.ts';
import { parseInput } from '#server/runtime/commands/parse-input.ts';
import type { FormCommand } from './form-command.ts';

/** What a form sends beside the command: the id makes a double submit one command. */
const form = { commandId: formCommandIdSchema };

const openForm = openAccountSchema.omit({ bookedAt: true, bookingDate: true }).extend(form);
const moveForm = moveMoneySchema.omit({ bookedAt: true }).extend(form);
const transferForm = transferSchema.omit({ bookedAt: true }).extend(form);
const closeForm = closeAccountSchema.extend(form);

/** openAccountSchema by a form; amounts are read as people paste them (`readAmountText`), and booking times are for imports only: the overdraft limit is in the account's currency. */
export const openAccountByForm: FormCommand = {
  commandType: 'OpenAccount',
  run: async (context, input) => {
    const { commandId, ...fields } = parseInput(openForm, input);
    const { amount: overdraftLimit, currency } = readAmountText(
      fields.overdraftLimit,
      fields.currency,
    );
    if (currency !== fields.currency) {
      throw new PlayheadError(
        'CURRENCY_MISMATCH',
        `The account is to be kept in ${fields.currency}; the overdraft limit is in ${currency}.`,
        { field: 'overdraftLimit' },
      );
    }
    return runCommand({ ...context, commandId }, openAccount, {
      ...fields,
      overdraftLimit,
    });
  },
};

/** MoveMoneyInput by a form; `currency` is the account's, where the amount names none. */
export const depositByForm: FormCommand = {
  commandType: 'Deposit',
  run: async (context, input) => {
    const { commandId, ...fields } = parseInput(moveForm, input);
    return runCommand({ ...context, commandId }, deposit, withReadAmount(fields));
  },
};

/** MoveMoneyInput by a form; `currency` is the account's, where the amount names none. */
export const withdrawByForm: FormCommand = {
  commandType: 'Withdraw',
  run: async (context, input) => {
    const { commandId, ...fields } = parseInput(moveForm, input);
    return runCommand({ ...context, commandId }, withdraw, withReadAmount(fields));
  },
};

/** TransferInput by a form; `currency` is the sender's, where the amount names none. */
export const transferByForm: FormCommand = {
  commandType: 'Transfer',
  run: async (context, input) => {
    const { commandId, ...fields } = parseInput(transferForm, input);
    return runCommand({ ...context, commandId }, transfer, withReadAmount(fields));
  },
};

/** CloseAccountInput by a form. */
export const closeAccountByForm: FormCommand = {
  commandType: 'CloseAccount',
  run: async (context, input) => {
    const { commandId, ...fields } = parseInput(closeForm, input);
    return runCommand({ ...context, commandId }, closeAccount, fields);
  },
};

/** Commands with forms of their own, by type. */
export const ACCOUNT_COMMANDS: ReadonlyMap<string, FormCommand> = new Map(
  [openAccountByForm, depositByForm, withdrawByForm, transferByForm, closeAccountByForm].map(
    (command) => [command.commandType, command],
  ),
);

/** The fields with their amount as commands take it; a currency in its text is the one that counts. */
function withReadAmount<Fields extends { amount: string; currency: string }>(fields: Fields) {
  return { ...fields, ...readAmountText(fields.amount, fields.currency) };
}
