import type { CommandToken } from '#lib/contracts/commands.ts';
import type { PlannedCommand } from './planned-command.ts';

/** What the sender of a command was told. */
export type Answer =
  | { readonly kind: 'accepted'; readonly tokens: readonly CommandToken[] }
  | { readonly kind: 'rejected'; readonly code: string };

/** A command with all that its senders know of it. */
export type SentCommand = {
  readonly planned: PlannedCommand;
  readonly answers: Answer[];
  /** Why an answer did not come, or did not say what became of the command; each was sent again. */
  readonly lost: string[];
};

/**
 * How a command ended. Accepted once is accepted: sent again, it may have been refused before that,
 * as refusals are decided anew. Undefined without an answer.
 */
export function outcomeOf({ answers }: SentCommand): Answer | undefined {
  return answers.find(({ kind }) => kind === 'accepted') ?? answers[0];
}

/** What the sender was told of the aggregates that were written; nothing where nothing was. */
export function tokensOf(answer: Answer | undefined): readonly CommandToken[] {
  return answer?.kind === 'accepted' ? answer.tokens : [];
}
