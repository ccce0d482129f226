import { Command, CommanderError } from 'commander';
import { showUnseen } from '#lib/unseen-text.ts';
import { EXIT_FAILED, toFailure } from '#server/runtime/ops/failure.ts';
import { addOpsCommand, type OpsDeps } from '#server/runtime/ops/ops-command.ts';
import { toJson, writeLine } from '#server/runtime/ops/output.ts';
import type { Registry } from '#server/runtime/registry.ts';
import { archiveCommand } from './commands/archive.ts';
import { busCommand } from './commands/bus.ts';
import { deadLettersCommand } from './commands/dead-letters.ts';
import { lagCommand } from './commands/lag.ts';
import { leasesCommand } from './commands/leases.ts';
import { pauseCommand } from './commands/pause.ts';
import { rebuildCommand } from './commands/rebuild.ts';
import { reconcileCommand } from './commands/reconcile.ts';
import { repairCommand } from './commands/repair.ts';
import { resumeCommand } from './commands/resume.ts';
import { stateCommand } from './commands/state.ts';
import { tokensCommand } from './commands/tokens.ts';
import { webhooksCommand } from './commands/webhooks.ts';

/**
 * Runs one command line (without `node` and the script) and answers with its exit code: 0 when all
 * is well, EXIT_FAILED when the command was refused, failed, or found something wrong. A failure is
 * one line `CODE: sentence` on standard error and, with --json, `{"error":{code,message}}` on
 * standard output.
 */
export async function runOps(
  args: readonly string[],
  deps: OpsDeps,
  { ops }: Pick<Registry, 'ops'>,
): Promise<number> {
  const { out, err } = deps.streams;
  let exitCode = 0;
  const onExit = (code: number) => {
    exitCode = code;
  };
  const program = new Command('ops')
    .usage('<command> [options]')
    .description('Playhead on the command line: on a running instance, or on its data directory.')
    .exitOverride()
    .configureOutput({ writeOut: (text) => out.write(text), writeErr: () => {} });
  for (const command of ops) {
    addOpsCommand(program, deps, command, onExit);
  }
  addOpsCommand(program, deps, stateCommand, onExit);
  addOpsCommand(program, deps, reconcileCommand, onExit);
  addOpsCommand(program, deps, repairCommand, onExit);
  addOpsCommand(program, deps, lagCommand, onExit);
  addOpsCommand(program, deps, leasesCommand, onExit);
  addOpsCommand(program, deps, deadLettersCommand, onExit);
  addOpsCommand(program, deps, pauseCommand, onExit);
  addOpsCommand(program, deps, resumeCommand, onExit);
  addOpsCommand(program, deps, rebuildCommand, onExit);
  addOpsCommand(program, deps, archiveCommand, onExit);
  addOpsCommand(program, deps, busCommand, onExit);
  addOpsCommand(program, deps, tokensCommand, onExit);
  addOpsCommand(program, deps, webhooksCommand, onExit);
  try {
    await program.parseAsync([...args], { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) {
      return 0;
    }
    const failure = toFailure(error);
    await writeLine(err, showUnseen(`${failure.code}: ${failure.message}`));
    if (args.includes('--json')) {
      await writeLine(out, toJson({ error: failure }));
    }
    return EXIT_FAILED;
  }
}
