import { z } from 'zod';

/** What an installation is told by `-c name=value`, or nothing where it may be left out. */
const settingsSchema = z.object({
  region: z.string().regex(/^[a-z]{2}(-[a-z]+)+-\d$/),
  /** Of whom operations are told by e-mail. */
  alarmEmail: z.email(),
  /** The name by which people open the console, and its certificate in the stack's region. */
  consoleHost: z.string().regex(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/),
  certificateArn: z.string().startsWith('arn:'),
  logLevel: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info'),
  /** How many batches of a shard are handled at a time; an aggregate's events stay in their order. */
  batchesPerShard: z.coerce.number().int().min(1).max(10).default(2),
});

export type Settings = z.infer<typeof settingsSchema>;

/** Reads the settings by their names. Throws a ZodError that names those which are wrong. */
export function readSettings(read: (name: string) => unknown): Settings {
  const given = Object.keys(settingsSchema.shape).map((name) => [name, read(name)]);
  return settingsSchema.parse(Object.fromEntries(given));
}
