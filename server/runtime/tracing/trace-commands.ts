import type { CommandHandler, ParsedCommand } from '#server/runtime/commands/command-context.ts';
import { toErrorType } from './error-type.ts';
import type { Tracing } from './tracing.ts';

/** The same handler, with a span for each command and for each decision on it. */
export function traceCommands(handler: CommandHandler, tracing: Tracing): CommandHandler {
  return {
    ...handler,
    execute: async (origin, command) => {
      const { commandType } = command;
      const span = tracing.open({
        name: `handle ${commandType}`,
        attributes: {
          'playhead.command.type': commandType,
          'playhead.command.id': origin.commandId,
        },
      });
      let rejection: string | undefined;
      const decide: ParsedCommand['decide'] = (at, stateOf) => {
        const deciding = tracing.open({ name: `decide ${commandType}` });
        try {
          const decision = command.decide(at, stateOf);
          rejection = decision.kind === 'rejected' ? decision.code : undefined;
          deciding.set({
            'playhead.outcome': decision.kind,
            ...(rejection !== undefined && { 'error.type': rejection }),
          });
          return decision;
        } catch (error) {
          deciding.fail(toErrorType(error));
          throw error;
        } finally {
          deciding.end();
        }
      };
      try {
        const result = await span.inside(() => handler.execute(origin, { ...command, decide }));
        span.set({ 'playhead.outcome': result.duplicate ? 'duplicate' : 'accepted' });
        return result;
      } catch (error) {
        const code = toErrorType(error);
        if (code === rejection) {
          span.set({ 'playhead.outcome': 'rejected', 'error.type': code });
        } else {
          span.fail(code);
        }
        throw error;
      } finally {
        span.end();
      }
    },
  };
}
