import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { isPlayheadError, PlayheadError } from '#lib/playhead-error.ts';
import type { CommandHandler } from '#server/commands/command-context.ts';
import { deposit } from '#server/commands/deposit.ts';
import { openAccount } from '#server/commands/open-account.ts';
import { transfer } from '#server/commands/transfer.ts';
import { withdraw } from '#server/commands/withdraw.ts';
import { ROOT } from '#server/local/launcher-settings.ts';
import type { Answer } from './command-log.ts';
import { type PlannedCommand, toInput } from './plan-commands.ts';

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

const VERBS = { openAccount, deposit, withdraw, transfer };

/** Calls the command handler in this process. */
export function createDirectCaller(handler: CommandHandler): Caller {
  return async (command) => {
    const context = { handler, actor: 'chaos', commandId: command.commandId };
    try {
      const { tokens } = await VERBS[command.verb](context, toInput(command));
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
const PATIENCE_MS = 60_000;

const actionResultSchema = z.discriminatedUnion('ok', [
  z.object({
    ok: z.literal(true),
    result: z.object({
      tokens: z.array(z.object({ accountId: z.string(), sequence: z.number() })),
    }),
  }),
  z.object({ ok: z.literal(false), code: z.string(), message: z.string() }),
]);

/** Calls the server actions of the web server at `url`, as the pages' forms do. */
export async function createWebCaller(url: string): Promise<Caller> {
  const actionIds = await readActionIds();
  return async (command) => {
    const response = await fetch(`${url}/accounts`, {
      method: 'POST',
      headers: {
        'Next-Action': actionIds[command.verb],
        'Content-Type': 'text/plain;charset=UTF-8',
        Accept: 'text/x-component',
        Origin: url,
      },
      body: JSON.stringify([{ ...toInput(command), commandId: command.commandId }]),
      signal: AbortSignal.timeout(PATIENCE_MS),
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

const manifestSchema = z.object({
  node: z.record(z.string(), z.object({ filename: z.string(), exportedName: z.string() })),
});

/** The ids of the server actions, which Next makes anew with each build. */
async function readActionIds(): Promise<Record<PlannedCommand['verb'], string>> {
  const file = join(ROOT, '.next', 'server', 'server-reference-manifest.json');
  const { node } = manifestSchema.parse(JSON.parse(await readFile(file, 'utf8')));
  const idOf = (verb: PlannedCommand['verb']) => {
    const found = Object.entries(node).find(
      ([, action]) =>
        action.filename === 'app/actions/account-actions.ts' && action.exportedName === verb,
    );
    if (found === undefined) {
      throw new PlayheadError('UNEXPECTED', `The web server's build has no action “${verb}”.`);
    }
    return found[0];
  };
  return {
    openAccount: idOf('openAccount'),
    deposit: idOf('deposit'),
    withdraw: idOf('withdraw'),
    transfer: idOf('transfer'),
  };
}
