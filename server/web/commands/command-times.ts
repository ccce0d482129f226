import type { CommandToken } from '#lib/contracts/commands.ts';
import type { CommandHandler } from '#server/runtime/commands/command-context.ts';

/** When this process took a command up, when its events were stored (epoch milliseconds), and which. */
export type CommandTime = {
  readonly startedAt: number;
  readonly storedAt: number;
  readonly tokens: readonly CommandToken[];
};

export type CommandTimes = {
  /** Undefined for commands of other processes, and for those of long ago. */
  readonly get: (commandId: string) => CommandTime | undefined;
  /** The newest ones. */
  readonly newest: (count: number) => CommandTime[];
  readonly set: (commandId: string, time: CommandTime) => void;
};

/** So many of this process's newest commands are remembered. */
const REMEMBERED = 2_000;

/** Remembers the times of the newest commands. */
export function createCommandTimes(): CommandTimes {
  const times = new Map<string, CommandTime>();
  return {
    get: (commandId) => times.get(commandId),
    newest: (count) => [...times.values()].slice(-count),
    set: (commandId, time) => {
      times.set(commandId, time);
      const [oldest] = times.keys();
      if (times.size > REMEMBERED && oldest !== undefined) {
        times.delete(oldest);
      }
    },
  };
}

/** A command handler that remembers when it took each command up, and when it had stored it. */
export function withCommandTimes(
  handler: CommandHandler,
  times: CommandTimes,
  now: () => number = Date.now,
): CommandHandler {
  return {
    ...handler,
    execute: async (origin, command) => {
      const startedAt = now();
      const result = await handler.execute(origin, command);
      if (!result.duplicate) {
        times.set(origin.commandId, { startedAt, storedAt: now(), tokens: result.tokens });
      }
      return result;
    },
  };
}
