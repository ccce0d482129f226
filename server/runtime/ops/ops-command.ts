import type { Command } from 'commander';
import { z } from 'zod';
import { PlayheadError } from '#lib/playhead-error.ts';
import type { OpsContext } from './ops-context.ts';
import { type Streams, writeLine } from './output.ts';

/** What a command may do beside its work: tell its results, and learn that nobody waits for them. */
export type OpsIo = {
  /** Results as JSON for programs; else as text for people. */
  readonly json: boolean;
  /** Writes one line of the result. */
  readonly print: (line: string) => Promise<void>;
  /** For what is shown while the work is going on. */
  readonly progress: Streams['err'];
  /** Aborted by Ctrl-C, and when the reader of the output has gone. */
  readonly signal: AbortSignal;
};

/** One command of the command line. */
export type OpsCommand<Input extends z.ZodType = z.ZodType> = {
  /** Its name and arguments, as commander writes them: `state <aggregate>`. */
  readonly usage: string;
  readonly summary: string;
  /** More for its --help. */
  readonly details?: string;
  /** Flags as commander writes them, and what they mean; `required` ones must be given. */
  readonly options?: readonly {
    readonly flags: string;
    readonly description: string;
    readonly required?: boolean;
    readonly fallback?: string;
  }[];
  /** It may begin a Playhead in a directory that has none; every other command is refused there. */
  readonly mayBegin?: boolean;
  /** Checks arguments and options, by their names. */
  readonly input: Input;
  /** Does the work; answers with the exit code. Throws what `toFailure` maps. */
  readonly run: (ctx: OpsContext, input: z.output<Input>, io: OpsIo) => Promise<number>;
};

export type OpsDeps = {
  readonly streams: Streams;
  /** Opens the databases of a data directory, or of wherever the settings say. */
  readonly openContext: (
    dataDir: string | undefined,
    options: { readonly mayBegin: boolean },
  ) => Promise<OpsContext>;
  readonly signal: AbortSignal;
};

const commonSchema = z.object({ json: z.boolean().default(false), dataDir: z.string().optional() });

/** Gives a command its precise type, its input's included. */
export function defineOpsCommand<Input extends z.ZodType>(command: OpsCommand<Input>) {
  return command;
}

/** Adds a command to the program; `onExit` hears its exit code. */
export function addOpsCommand<Input extends z.ZodType>(
  program: Command,
  deps: OpsDeps,
  spec: OpsCommand<Input>,
  onExit: (code: number) => void,
): void {
  const command = program.command(spec.usage).description(spec.summary);
  for (const { flags, description, required, fallback } of spec.options ?? []) {
    if (required) {
      command.requiredOption(flags, description);
    } else {
      command.option(flags, description, fallback);
    }
  }
  command
    .option('--json', 'JSON on standard output, and nothing else')
    .option('--data-dir <dir>', 'work on this data directory (else PLAYHEAD_DATA_DIR, or .data)')
    .addHelpText('after', spec.details === undefined ? '' : `\n${spec.details}`)
    .action(async () => {
      const given: Record<string, unknown> = {
        ...command.opts<Record<string, unknown>>(),
        ...Object.fromEntries(
          command.registeredArguments.map((argument, index) => [
            argument.name(),
            command.processedArgs[index],
          ]),
        ),
      };
      const { json, dataDir } = parseGiven(commonSchema, given);
      const input = parseGiven(spec.input, given);
      const ctx = await deps.openContext(dataDir, { mayBegin: spec.mayBegin === true });
      try {
        const { streams, signal } = deps;
        const print = (line: string) => writeLine(streams.out, line);
        onExit(await spec.run(ctx, input, { json, print, progress: streams.err, signal }));
      } finally {
        await ctx.close();
      }
    });
}

function parseGiven<Schema extends z.ZodType>(schema: Schema, given: unknown): z.output<Schema> {
  const parsed = schema.safeParse(given);
  if (!parsed.success) {
    const sentence = parsed.error.issues.map(({ message }) => message).join(' ');
    throw new PlayheadError('INVALID_INPUT', sentence, { cause: parsed.error });
  }
  return parsed.data;
}
