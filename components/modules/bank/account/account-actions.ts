import type { ActionResult } from '#lib/contracts/commands.ts';
import type {
  CloseAccountInput,
  MoveMoneyInput,
  TransferInput,
} from '#lib/modules/bank/commands.ts';

/** Sends one command; the same `commandId` twice is one command. */
export type CommandAction<Input> = (input: Input & { commandId: string }) => Promise<ActionResult>;

/** The server actions that this page issues; the page in app/ hands them over. */
export type AccountActions = {
  readonly deposit: CommandAction<MoveMoneyInput>;
  readonly withdraw: CommandAction<MoveMoneyInput>;
  readonly transfer: CommandAction<TransferInput>;
  readonly closeAccount: CommandAction<CloseAccountInput>;
};
