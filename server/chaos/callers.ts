import { z } from 'zod';
import { isPlayheadError } from '#lib/playhead-error.ts';
import { type Command, runCommand } from '#server/runtime/commands/command.ts';
import type { CommandHandler } from '#server/runtime/commands/command-context.ts';
import type { Registered } from '#server/runtime/registered.ts';
import type { Answer } from './command-log.ts';
import type { PlannedCommand } from './planned-command.ts';
import { readServerActions, type ServerAction } from './read-server-actions.ts';

/** Sends a command once. Throws when it does not learn whether it was accepted or refused. */
export type Caller = (command: PlannedCommand) => Promise<Answer>;

export type Callers = Readonly<Record<PlannedCommand['via'], Caller>>;

/** Codes that leave open what became of the command, or say that it may succeed later. */
const UNDECIDED = new Set([
  'CONTENTION',
  'THROTTLED',
  'DYNAMODB_UNAVAILABLE',
  'POSTGRES_UNAVAILABLE',
  'NOT_CONFIGURED',
  'UNEXPECTED',
]);

function toRejection(code: string, message: string): Answer {
  if (UNDECIDED.has(code)) {
    throw new Error(`${code}: ${message}`);
  }
  return { kind: 'rejected', code };
}

/** The registered command that was planned. Throws when no module has it. */
export function commandOf(
  { commands }: Pick<Registered, 'commands'>,
  { type }: Pick<PlannedCommand, 'type'>,
): Command {
  const command = commands.get(type);
  if (command === undefined) {
    throw new Error(`No module has a command ${type}.`);
  }
  return command;
}

/** Calls the command handler in this process. */
export function createDirectCaller(
  handler: CommandHandler,
  registered: Pick<Registered, 'commands'>,
): Caller {
  return async (planned) => {
    const context = { handler, actor: 'chaos', commandId: planned.commandId };
    try {
      const { tokens } = await runCommand(context, commandOf(registered, planned), planned.input);
      return { kind: 'accepted', tokens };
    } catch (error) {
      if (isPlayheadError(error)) {
        return toRejection(error.code, error.message);
      }
      throw error;
    }
  };
}

/** Longer than the web server tries for: what it still works on is not given up. */
const TIMEOUT_MS = 60_000;

const actionResultSchema = z.discriminatedUnion('ok', [
  z.object({
    ok: z.literal(true),
    result: z.object({
      tokens: z.array(z.object({ aggregateId: z.string(), sequence: z.number() })),
    }),
  }),
  z.object({ ok: z.literal(false), code: z.string(), message: z.string() }),
]);

type Call = { readonly action: ServerAction; readonly args: readonly unknown[] };

/** Calls the server actions of the web server at `url`, as the pages' forms do. */
export async function createWebCaller(
  url: string,
  registered: Pick<Registered, 'commands'>,
): Promise<Caller> {
  const { issue, ofAccount } = await readServerActions();
  const toCall = (planned: PlannedCommand): Call => {
    const { type, commandId } = planned;
    const input = { ...planned.input, commandId };
    return commandOf(registered, planned).isIssuedByForm === true
      ? { action: issue, args: [type, input] }
      : { action: ofAccount(`${type.slice(0, 1).toLowerCase()}${type.slice(1)}`), args: [input] };
  };
  return async (planned) => {
    const { action, args } = toCall(planned);
    const response = await fetch(`${url}${action.page}`, {
      method: 'POST',
      headers: {
        'Next-Action': action.id,
        'Content-Type': 'text/plain;charset=UTF-8',
        Accept: 'text/x-component',
        Origin: url,
      },
      body: JSON.stringify(args),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const text = await response.text();
    if (!response.ok) {
      throw new Error(`The web server answered ${response.status}.`);
    }
    const answer = readActionResult(text);
    return answer.ok
      ? { kind: 'accepted', tokens: answer.result.tokens }
      : toRejection(answer.code, answer.message);
  };
}

const rootRowSchema = z.object({ a: z.string().regex(/^\$@[0-9a-f]+$/) });

/**
 * What an action returned, out of its answer: React's rows of `<id>:<JSON>`, of which the first one
 * names the row that holds the result.
 */
export function readActionResult(text: string): z.infer<typeof actionResultSchema> {
  const rows = new Map(
    text.split('\n').map((line) => {
      const colon = line.indexOf(':');
      return [line.slice(0, colon), line.slice(colon + 1)];
    }),
  );
  const parseRow = (id: string): unknown => JSON.parse(rows.get(id) ?? 'null');
  const { a: reference } = rootRowSchema.parse(parseRow('0'));
  return actionResultSchema.parse(parseRow(reference.slice('$@'.length)));
}
