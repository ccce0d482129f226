'use server';

import type { ActionResult } from '#lib/contracts/commands.ts';
import {
  closeAccountByForm,
  depositByForm,
  openAccountByForm,
  transferByForm,
  withdrawByForm,
} from '#server/web/account-commands.ts';
import type { FormCommand } from '#server/web/form-command.ts';
import { getActionContext } from '#server/web/identity/action-context.ts';
import { runCommand } from '#server/web/run-command.ts';

/*
 * Each takes the fields of its command (lib/contracts/commands.ts) and a `commandId` that the form
 * made, so that a double submit is one command. Anybody can call an action with anything: the input
 * is parsed inside.
 */

export async function openAccount(input: unknown): Promise<ActionResult> {
  return run(openAccountByForm, input);
}

export async function deposit(input: unknown): Promise<ActionResult> {
  return run(depositByForm, input);
}

export async function withdraw(input: unknown): Promise<ActionResult> {
  return run(withdrawByForm, input);
}

export async function transfer(input: unknown): Promise<ActionResult> {
  return run(transferByForm, input);
}

export async function closeAccount(input: unknown): Promise<ActionResult> {
  return run(closeAccountByForm, input);
}

async function run(command: FormCommand, input: unknown): Promise<ActionResult> {
  return runCommand(await getActionContext(), command, input);
}
