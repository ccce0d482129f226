import type { CommandResult } from '#lib/contracts/commands.ts';
import type { Decision } from './decision.ts';
import type { CommandPayload } from './payload-hash.ts';
import type { StateOf } from './state-of.ts';

/** Who asks for a command, and by which id. */
export type CommandOrigin = {
  /** Whoever answers for it: goes into every event's metadata. */
  readonly actor: string;
  /** Chosen by the caller, who sends it again with the same id to be sure that it was done. */
  readonly commandId: string;
  /** Shared by all that one request sets off; a new one without it. */
  readonly correlationId?: string | undefined;
  /** The version that the aggregate it is about must still have; without one, whatever it has. */
  readonly expectedVersion?: number | undefined;
};

/** A command that was read and understood, and how it is decided. */
export type ParsedCommand = {
  readonly commandType: string;
  /** What it asks for, without what the server adds: the same id must come with the same. */
  readonly payload: CommandPayload;
  /** The aggregates whose states it is decided on; first the one that it is about. */
  readonly aggregateIds: readonly string[];
  /** Pure; may run several times, on newer states. `at` is the present, ISO 8601 in UTC. */
  readonly decide: (at: string, stateOf: StateOf) => Decision;
};

/** Carries commands out: one for a process, for its whole life. */
export type CommandHandler = {
  readonly execute: (origin: CommandOrigin, command: ParsedCommand) => Promise<CommandResult>;
  /** Resolves when nothing that was begun in the background is left. */
  readonly close: () => Promise<void>;
};

/** What every command needs beside its input. */
export type CommandContext = CommandOrigin & { readonly handler: CommandHandler };
