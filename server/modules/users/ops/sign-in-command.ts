import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { toUserId } from '#lib/modules/users/user-id.ts';
import { PERMISSION_ACTIONS } from '#lib/permission-actions.ts';
import { PlayheadError } from '#lib/playhead-error.ts';
import { runCommand } from '#server/runtime/commands/command.ts';
import { createInvitation, createSignInLink } from '#server/runtime/identity/invitations.ts';
import { toSubject } from '#server/runtime/identity/subject.ts';
import { ACTOR } from '#server/runtime/ops/operator.ts';
import { defineOpsCommand, type OpsIo } from '#server/runtime/ops/ops-command.ts';
import type { OpsContext } from '#server/runtime/ops/ops-context.ts';
import { toJson } from '#server/runtime/ops/output.ts';
import { changeUserPermissions } from '../commands/change-user-permissions.ts';
import { registerUser } from '../commands/register-user.ts';
import { findPerson } from '../queries/find-person.ts';

const inputSchema = z.object({
  action: z.enum(
    ['link', 'invite', 'first-administrator'],
    'sign-in does link, invite or first-administrator.',
  ),
  user: z.string().optional(),
  email: z.string().optional(),
  name: z.string().optional(),
});

type Input = z.output<typeof inputSchema>;

/** `sign-in`: how people get in whom nobody in the console can invite. */
export const signInCommand = defineOpsCommand({
  usage: 'sign-in <action>',
  summary: 'make a link by which somebody signs in',
  options: [
    { flags: '--user <id>', description: 'the user that it is for' },
    { flags: '--email <address>', description: 'of the first administrator' },
    { flags: '--name <name>', description: 'of the first administrator' },
  ],
  details: `link: a new link for the local operator of the Playhead that runs here, as its start prints one.

invite: a link by which the user --user chooses a password; a password that they had ends with it.

first-administrator: registers --user with --email and --name, grants them everything, and invites them. For a
Playhead on databases of one's own, where nobody can sign in yet.

A link works once. With --json, one object: link.`,
  input: inputSchema,
  run: async (ctx, input, io) => {
    switch (input.action) {
      case 'link':
        return print(io, await makeLink(ctx));
      case 'invite':
        return print(io, await invite(ctx, requireText(input, 'user')));
      case 'first-administrator':
        return print(io, await registerAdministrator(ctx, input));
    }
  },
});

async function print(io: OpsIo, link: string): Promise<number> {
  await io.print(io.json ? toJson({ link }) : link);
  return 0;
}

async function makeLink({ db, now, url }: OpsContext): Promise<string> {
  if (url === null) {
    const sentence =
      'No Playhead runs here on embedded engines: start it, or use sign-in first-administrator.';
    throw new PlayheadError('NOT_CONFIGURED', sentence);
  }
  return url + (await createSignInLink(db, now()));
}

async function invite({ db, store, now, url }: OpsContext, text: string): Promise<string> {
  const userId = toUserId(text) ?? text;
  if ((await findPerson(store, userId)) === undefined) {
    const sentence = `There is no active user ${userId.slice(0, 64)} who could be invited.`;
    throw new PlayheadError('USER_NOT_FOUND', sentence, { field: 'user' });
  }
  const path = await createInvitation(db, toSubject(userId), { actor: ACTOR }, now());
  return url === null ? `The console’s address, and behind it: ${path}` : url + path;
}

async function registerAdministrator(ctx: OpsContext, input: Input): Promise<string> {
  const userId = requireText(input, 'user');
  const fields = { userId, email: requireText(input, 'email'), name: requireText(input, 'name') };
  const by = { actor: ACTOR, handler: ctx.handler };
  await runCommand({ ...by, commandId: randomUUID() }, registerUser, fields);
  const grant = PERMISSION_ACTIONS.map((action) => `*:${action}`);
  await runCommand({ ...by, commandId: randomUUID() }, changeUserPermissions, { userId, grant });
  return invite(ctx, userId);
}

function requireText(input: Input, name: 'user' | 'email' | 'name'): string {
  const text = input[name];
  if (text === undefined) {
    throw new PlayheadError('INVALID_INPUT', `--${name} must be given.`, { field: name });
  }
  return text;
}
