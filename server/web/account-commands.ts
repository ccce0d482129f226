import { readAmountText } from '#lib/amount-text.ts';
import {
  type CommandResult,
  closeAccountSchema,
  formCommandIdSchema,
  moveMoneySchema,
  openAccountSchema,
  transferSchema,
} from '#lib/contracts/commands.ts';
import { PlayheadError } from '#lib/playhead-error.ts';
import { closeAccount } from '#server/commands/close-account.ts';
import type { CommandHandler } from '#server/commands/command-context.ts';
import { deposit } from '#server/commands/deposit.ts';
import { openAccount } from '#server/commands/open-account.ts';
import { parseInput } from '#server/commands/parse-input.ts';
import { transfer } from '#server/commands/transfer.ts';
import { withdraw } from '#server/commands/withdraw.ts';

/** Who acts until there is sign-in. */
const ACTOR = 'operator';

/** What a form sends beside the command: the id makes a double submit one command. */
const form = { commandId: formCommandIdSchema };

/**
 * A command as a browser's form sends it: the verb's input and a `commandId`. Amounts are read as
 * people paste them (`readAmountText`); booking times are for imports only. Throws PlayheadError.
 */
export type FormCommand = {
  readonly commandType: 'OpenAccount' | 'Deposit' | 'Withdraw' | 'Transfer' | 'CloseAccount';
  readonly run: (handler: CommandHandler, input: unknown) => Promise<CommandResult>;
};

const openForm = openAccountSchema.omit({ bookedAt: true, bookingDate: true }).extend(form);
const moveForm = moveMoneySchema.omit({ bookedAt: true }).extend(form);
const transferForm = transferSchema.omit({ bookedAt: true }).extend(form);
const closeForm = closeAccountSchema.extend(form);

/** openAccountSchema by a form: the overdraft limit is in the account's currency. */
export const openAccountByForm: FormCommand = {
  commandType: 'OpenAccount',
  run: async (handler, input) => {
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
    return openAccount({ actor: ACTOR, commandId, handler }, { ...fields, overdraftLimit });
  },
};

/** MoveMoneyInput by a form; `currency` is the account's, where the amount names none. */
export const depositByForm: FormCommand = {
  commandType: 'Deposit',
  run: async (handler, input) => {
    const { commandId, ...fields } = parseInput(moveForm, input);
    return deposit({ actor: ACTOR, commandId, handler }, withReadAmount(fields));
  },
};

/** MoveMoneyInput by a form; `currency` is the account's, where the amount names none. */
export const withdrawByForm: FormCommand = {
  commandType: 'Withdraw',
  run: async (handler, input) => {
    const { commandId, ...fields } = parseInput(moveForm, input);
    return withdraw({ actor: ACTOR, commandId, handler }, withReadAmount(fields));
  },
};

/** TransferInput by a form; `currency` is the sender's, where the amount names none. */
export const transferByForm: FormCommand = {
  commandType: 'Transfer',
  run: async (handler, input) => {
    const { commandId, ...fields } = parseInput(transferForm, input);
    return transfer({ actor: ACTOR, commandId, handler }, withReadAmount(fields));
  },
};

/** CloseAccountInput by a form. */
export const closeAccountByForm: FormCommand = {
  commandType: 'CloseAccount',
  run: async (handler, input) => {
    const { commandId, ...fields } = parseInput(closeForm, input);
    return closeAccount({ actor: ACTOR, commandId, handler }, fields);
  },
};

/** The fields with their amount as commands take it; a currency in its text is the one that counts. */
function withReadAmount<Fields extends { amount: string; currency: string }>(fields: Fields) {
  return { ...fields, ...readAmountText(fields.amount, fields.currency) };
}
