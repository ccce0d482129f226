import { isPlayheadError } from '#lib/playhead-error.ts';
import type { CommandHandler } from '../command-context.ts';
import type { EventlessLog } from './eventless-log.ts';

/** A command handler that keeps, after the answer, which commands left no event. `close` waits for that. */
export function withEventlessLog(handler: CommandHandler, log: EventlessLog): CommandHandler {
  return {
    execute: async (origin, command) => {
      const about = {
        commandId: origin.commandId,
        commandType: command.commandType,
        actor: origin.actor,
        aggregateIds: [...new Set(command.aggregateIds)],
      };
      try {
        const result = await handler.execute(origin, command);
        if (result.tokens.length === 0 && !result.duplicate) {
          const nothing = { code: null, sentence: null, field: null };
          log.keep({ ...about, outcome: 'accepted', ...nothing });
        }
        return result;
      } catch (error) {
        if (isPlayheadError(error)) {
          log.keepRefusal(about, error);
        }
        throw error;
      }
    },
    close: async () => {
      await handler.close();
      await log.flush();
    },
  };
}
