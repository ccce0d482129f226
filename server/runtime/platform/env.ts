import { z } from 'zod';
import { PlayheadError } from '#lib/playhead-error.ts';

const schema = z.object({
  NODE_ENV: z.enum(['development', 'production', 'test']).default('development'),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info'),
  /** Any DynamoDB endpoint; without one, AWS by its default chain of credentials. */
  DYNAMODB_ENDPOINT: z.url().optional(),
  AWS_REGION: z.string().min(1).default('us-east-1'),
  TABLE_PREFIX: z
    .string()
    .regex(/^[A-Za-z0-9_.-]{0,64}$/)
    .default('playhead-'),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }),
  /**
   * For the worker alone: the database by the role that owns the projections' tables, with which it carries
   * out operators' requests. Without one it uses DATABASE_URL.
   */
  OPERATIONS_DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  /** Whether people sign in; off is for demos on this machine alone. */
  PLAYHEAD_SIGN_IN: z.enum(['on', 'off']).default('on'),
  /** An OpenID Connect provider by which people may sign in: all its clients have its issuer, and an id of their own. */
  OIDC_ISSUER: z.url({ protocol: /^https?$/ }).optional(),
  OIDC_CLIENT_ID: z.string().optional(),
  OIDC_CLIENT_SECRET: z.string().optional(),
  /** What the button says: “Sign in with …”. */
  OIDC_NAME: z.string().max(40).default('single sign-on'),
  /** For the worker: whether webhooks may go to this machine and to networks behind it; a start on embedded engines allows it. */
  WEBHOOKS_TO_PRIVATE: z.enum(['allow', 'refuse']).default('refuse'),
  /** Where SNS and SQS are: any endpoint of theirs, or `aws` for AWS itself; without it there is no bus. */
  PLAYHEAD_BUS_ENDPOINT: z.union([z.literal('aws'), z.url({ protocol: /^https?$/ })]).optional(),
  /** The region of the bus; AWS_REGION without it. */
  PLAYHEAD_BUS_REGION: z.string().min(1).optional(),
  /** Where the SNS and EventBridge are that webhooks send to: any endpoint, or `aws`; without it they send by HTTP alone. */
  PLAYHEAD_OUTBOUND_ENDPOINT: z
    .union([z.literal('aws'), z.url({ protocol: /^https?$/ })])
    .optional(),
  /** Their region; AWS_REGION without it. */
  PLAYHEAD_OUTBOUND_REGION: z.string().min(1).optional(),
  /** For the worker: the queues of SQS that modules take messages from, such as crm=https://sqs.…/crm-changes. */
  PLAYHEAD_QUEUES: z
    .string()
    .default('')
    .transform((list) => list.split(',').map((each) => each.trim()))
    .transform((list) => list.filter((each) => each !== ''))
    .pipe(
      z.array(
        z
          .string()
          .regex(/^[a-z][a-z0-9-]*=https?:\/\/[!-~]+$/, 'expected module=URL of its queue')
          .transform((text) => {
            const [module = '', ...url] = text.split('=');
            return { module, url: url.join('=') };
          }),
      ),
    ),
  /** For the web server alone: the launcher that started it, and that restarts its worker on request. */
  LAUNCHER_ID: z.uuid().optional(),
  /** AWS allows five GetRecords per second and shard; an embedded engine takes more. */
  STREAM_POLL_INTERVAL_MS: z.coerce.number().int().min(1).max(10_000).default(250),
  /** For the worker: whether it reads the stream, or functions on AWS do. A shard has two readers at most. */
  STREAM_CONSUMERS: z.enum(['here', 'elsewhere']).default('here'),
  /** For how long a command id is remembered, in days. */
  COMMAND_RETENTION_DAYS: z.coerce.number().int().min(1).max(3_650).default(90),
  /** Where events are archived: s3://bucket/prefix, or file:///directory. */
  ARCHIVE_URL: z.url({ protocol: /^(s3|file)$/ }).optional(),
  /** Any S3 endpoint; without one, AWS. */
  ARCHIVE_S3_ENDPOINT: z.url({ protocol: /^https?$/ }).optional(),
  /** Events older than so many days are archived. */
  ARCHIVE_AFTER_DAYS: z.coerce.number().int().min(1).max(36_500).default(365),
  /** For so many days S3 keeps archived objects from being deleted (object lock); without it, for none. */
  ARCHIVE_LOCK_DAYS: z.coerce.number().int().min(1).max(36_500).optional(),
  /** GOVERNANCE: who has the right for it can lift the lock. COMPLIANCE: nobody can. */
  ARCHIVE_LOCK_MODE: z.enum(['GOVERNANCE', 'COMPLIANCE']).default('GOVERNANCE'),
  /** The loopback port on which a worker serves its metrics; without one it serves none. */
  METRICS_PORT: z.coerce.number().int().min(1).max(65_535).optional(),
  /** Where spans go over OTLP/HTTP (`/v1/traces` is added); without an endpoint there are none. */
  OTEL_EXPORTER_OTLP_ENDPOINT: z.url({ protocol: /^https?$/ }).optional(),
  /** Which traces are exported; OpenTelemetry's own names. */
  OTEL_TRACES_SAMPLER: z
    .enum([
      'always_on',
      'always_off',
      'traceidratio',
      'parentbased_always_on',
      'parentbased_always_off',
      'parentbased_traceidratio',
    ])
    .default('parentbased_always_on'),
  /** The share of them, for a sampler by ratio. */
  OTEL_TRACES_SAMPLER_ARG: z.coerce.number().min(0).max(1).default(1),
  /** The loopback port on which the web server listens. */
  PORT: z.coerce.number().int().min(1).max(65_535).default(3000),
  /** Values of the Host header that are served beside the loopback's own names. */
  PLAYHEAD_HOSTS: z
    .string()
    .default('')
    .transform((list) =>
      list
        .toLowerCase()
        .split(',')
        .map((host) => host.trim()),
    )
    .transform((hosts) => hosts.filter((host) => host !== ''))
    .pipe(
      z.array(
        z
          .string()
          .regex(
            /^(\[[0-9a-f:]+\]|[a-z0-9_.-]+)(:\d{1,5})?$/,
            'expected hosts such as a.example.com:8443',
          ),
      ),
    ),
});

export type Env = z.infer<typeof schema>;

/** The names of all settings. */
export const SETTINGS: readonly string[] = Object.keys(schema.shape);

/** What a process is given: `process.env`. */
export type EnvSource = Readonly<Record<string, string | undefined>>;

/**
 * Reads the settings of a process, once, at its start. Nobody else reads `process.env`. Throws
 * NOT_CONFIGURED with a line per wrong setting.
 */
export function parseEnv(source: EnvSource): Env {
  return parse(schema, source);
}

const withoutPostgres = schema.omit({ DATABASE_URL: true, OPERATIONS_DATABASE_URL: true });

/** The settings of a process that has nothing to do with PostgreSQL. Throws NOT_CONFIGURED as `parseEnv` does. */
export function parseEnvWithoutPostgres(source: EnvSource): z.infer<typeof withoutPostgres> {
  return parse(withoutPostgres, source);
}

function parse<Parsed>(settings: z.ZodType<Parsed>, source: EnvSource): Parsed {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ''));
  const result = settings.safeParse(given);
  if (!result.success) {
    const lines = result.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
    throw new PlayheadError('NOT_CONFIGURED', `Wrong settings: ${lines.join('; ')}`);
  }
  return result.data;
}
