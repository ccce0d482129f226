import { z } from 'zod';
import { PlayheadError } from '#lib/playhead-error.ts';
import { reasonOption, reasonSchema, toOperator } from '#server/runtime/ops/operator.ts';
import { defineOpsCommand, type OpsIo } from '#server/runtime/ops/ops-command.ts';
import type { OpsContext } from '#server/runtime/ops/ops-context.ts';
import { toJson, toTable } from '#server/runtime/ops/output.ts';
import {
  type ApiToken,
  createToken,
  listTokens,
  revokeToken,
} from '#server/runtime/tokens/manage-tokens.ts';
import { toTokenScopes } from '#server/runtime/tokens/token-scopes.ts';

const DAY_MS = 86_400_000;

const inputSchema = reasonSchema.extend({
  action: z.enum(['create', 'list', 'revoke'], 'tokens does create, list or revoke.'),
  name: z
    .string()
    .regex(
      /^[a-z0-9][a-z0-9-]{0,39}$/,
      '--name has lower-case letters, digits and hyphens, at most 40.',
    )
    .optional(),
  scope: z.array(z.string()).default([]),
  days: z.coerce
    .number('--days is a number of days.')
    .int('--days is a whole number of days.')
    .min(1, '--days is at least 1.')
    .max(3_660, '--days is at most 3660.'),
});

type Input = z.output<typeof inputSchema>;

/** `tokens`: what lets programs use the API. */
export const tokensCommand = defineOpsCommand({
  usage: 'tokens <action>',
  summary: 'create, list or revoke the tokens by which programs use the API',
  options: [
    { flags: '--name <name>', description: 'of the token; events say token:<name>' },
    { flags: '--scope <scope...>', description: 'what it may do: bank:commands, *:view' },
    { flags: '--days <days>', description: 'for how long', fallback: '90' },
    reasonOption,
  ],
  details: `create: makes a token and shows its secret, this once; only a hash is stored. A scope is a module or *,
a colon, and view, commands, operations or administration. With --json, one object: name, secret, scopes,
expiresAt.

list: with --json, one object: tokens (name, prefix, scopes, createdAt, expiresAt, lastUsedAt, revokedAt).

revoke: ends the token --name within seconds; --reason must be given. With --json, one object: name, changed
(false when it was revoked already).`,
  input: inputSchema,
  run: (ctx, input, io) => {
    switch (input.action) {
      case 'create':
        return create(ctx, input, io);
      case 'list':
        return list(ctx, io);
      case 'revoke':
        return revoke(ctx, input, io);
    }
  },
});

async function create({ db, now, registered }: OpsContext, input: Input, io: OpsIo) {
  const name = requireName(input);
  const scopes = [...new Set(input.scope)];
  const known = toTokenScopes(registered.modules.map((module) => module.name));
  const unknown = scopes.find((scope) => !known.includes(scope));
  if (unknown !== undefined || scopes.length === 0) {
    const wrong = unknown === undefined ? 'Say what it may do.' : `There is no scope “${unknown}”.`;
    const sentence = `${wrong} --scope is one or more of: ${known.join(', ')}.`;
    throw new PlayheadError('INVALID_INPUT', sentence, { field: 'scope' });
  }
  const expiresAt = new Date(now().getTime() + input.days * DAY_MS);
  const secret = await createToken(db, { name, scopes, expiresAt }, toOperator(input));
  await io.print(
    io.json
      ? toJson({ name, secret, scopes, expiresAt })
      : `${secret}\nThis is the token “${name}”, until ${expiresAt.toISOString()}. Keep it: it is not shown again.`,
  );
  return 0;
}

async function list({ db, now }: OpsContext, io: OpsIo): Promise<number> {
  const tokens = await listTokens(db);
  const rows = tokens.map((token) => [
    token.name,
    `${token.prefix}…`,
    token.scopes.join(' '),
    toStatus(token, now()),
    token.expiresAt.toISOString(),
    token.lastUsedAt?.toISOString() ?? 'never',
  ]);
  const columns = ['name', 'begins', 'scopes', 'status', 'until', 'last used'];
  await io.print(io.json ? toJson({ tokens }) : toTable(columns, rows));
  return 0;
}

async function revoke({ db }: OpsContext, input: Input, io: OpsIo): Promise<number> {
  const name = requireName(input);
  if (input.reason === undefined) {
    throw new PlayheadError('INVALID_INPUT', 'Say why: --reason must be given.');
  }
  const changed = await revokeToken(db, name, toOperator(input));
  const sentence = changed ? `${name} is revoked.` : `${name} was revoked already.`;
  await io.print(io.json ? toJson({ name, changed }) : sentence);
  return 0;
}

function requireName({ name }: Input): string {
  if (name === undefined) {
    throw new PlayheadError('INVALID_INPUT', 'Say which token: --name must be given.');
  }
  return name;
}

function toStatus({ revokedAt, expiresAt }: ApiToken, now: Date): string {
  return revokedAt !== null ? 'revoked' : expiresAt <= now ? 'expired' : 'valid';
}
