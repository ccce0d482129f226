import type { z } from 'zod';
import type { CommandResult } from '#lib/contracts/commands.ts';
import type { FieldLabels } from '#lib/field-labels.ts';
import type { PermissionAction } from '#lib/permission-actions.ts';
import type { CommandContext, CommandOrigin } from './command-context.ts';
import type { Decision } from './decision.ts';
import { parseInput } from './parse-input.ts';
import type { CommandPayload } from './payload-hash.ts';
import type { StateOf } from './state-of.ts';

/** What a decision may rest on beside the input: nothing else, for it may be made again. */
export type DecisionContext = {
  /** The present, ISO 8601 in UTC. */
  readonly at: string;
  readonly commandId: string;
  /** Who asks. */
  readonly actor: string;
  readonly stateOf: StateOf;
};

/** Where programs send a command: a resource below /api/v1, by the field's verbs. */
export type CommandRoute = {
  readonly method: 'POST' | 'PATCH' | 'DELETE';
  /** `/accounts/{accountId}/deposits`: names in braces are fields of the input. */
  readonly path: string;
  /** What it does, in a sentence. */
  readonly summary: string;
  /** The address of what it creates, written as `path` is, with fields of the checked input. */
  readonly creates?: string;
  /**
   * The address of what is to be followed where a command is not done at once, by the ids of the aggregates
   * that it wrote; undefined where it is done.
   */
  readonly toFollow?: (written: readonly string[]) => string | undefined;
  /** Fields of the input that imports alone may give. */
  readonly without?: readonly string[];
  /**
   * Where the body is read by the command itself: the field of the input that takes the text that came, and
   * what it is one of, or a list of, for the document.
   */
  readonly wholeBody?: { readonly field: string; readonly element: z.ZodType };
};

/**
 * A command of a module: one value for the form, the API, the command line and a process manager.
 * Methods, so that commands of all inputs can stand side by side.
 */
export type Command<Input extends CommandPayload = CommandPayload> = {
  /** As events name it: `OpenAccount`. */
  readonly type: string;
  /** Whether the console's own forms may issue it; else a module has forms of its own, or none. */
  readonly isIssuedByForm?: boolean;
  /** What one must be allowed in its module to send it; without one, its commands. */
  readonly action?: PermissionAction;
  /** Where programs send it; without one it is no part of the API. */
  readonly route?: CommandRoute;
  /**
   * Checks and completes what a caller sent: shape and sizes, ids in their one form, amounts in minor
   * units. An issue may name a code of its own (`params.code`). What is allowed is `decide`'s.
   */
  readonly schema: z.ZodType<Input>;
  /** What its forms call its fields, for sentences; without one a field's name in words. */
  readonly labels?: FieldLabels;
  /**
   * The aggregates that it writes or only reads, those and no others; first the one that it is about. What
   * it begins may have the command's id.
   */
  aggregates(input: Input, commandId: string): readonly string[];
  /** Pure; may run several times, on newer states. */
  decide(input: Input, context: DecisionContext): Decision;
};

/** Gives a command its precise type. */
export function defineCommand<Input extends CommandPayload>(
  command: Command<Input>,
): Command<Input> {
  return command;
}

/**
 * Reads a command's input by its schema, and carries it out. Throws INVALID_INPUT about the first field
 * that is wrong, and what the command handler throws.
 */
export async function runCommand(
  ctx: CommandContext,
  command: Command,
  input: unknown,
): Promise<CommandResult> {
  return executeCommand(ctx, command, parseInput(command.schema, input, command.labels));
}

/** Carries a command out whose input was read before. Throws what the command handler throws. */
export async function executeCommand<Input extends CommandPayload>(
  { handler, ...origin }: CommandContext,
  command: Command<Input>,
  input: Input,
): Promise<CommandResult> {
  const { commandId, actor }: CommandOrigin = origin;
  return handler.execute(origin, {
    commandType: command.type,
    payload: input,
    aggregateIds: command.aggregates(input, commandId),
    decide: (at, stateOf) => command.decide(input, { at, commandId, actor, stateOf }),
  });
}
