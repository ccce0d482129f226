import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { z } from 'zod';
import { PlayheadError } from '#lib/playhead-error.ts';
import type { EnvSource } from '#server/runtime/platform/env.ts';

const settingsSchema = z.object({
  DATABASE_SECRET_ARN: z.string(),
  DATABASE_HOST: z.string(),
  DATABASE_NAME: z.string(),
});

/** As RDS keeps it; `password` is no setting of the function, where whoever may look at it would read it. */
const secretSchema = z.object({ username: z.string(), password: z.string() });

type ReadSecret = (secretId: string) => Promise<string | undefined>;

/**
 * The settings with the DATABASE_URL that follows from a role's secret and the host of the RDS Proxy: with
 * TLS and the proxy's certificate verified. A DATABASE_URL that is there already stays. Throws
 * NOT_CONFIGURED, and what Secrets Manager throws.
 */
export async function withDatabaseUrl(
  source: EnvSource,
  readSecret: ReadSecret = readFromSecretsManager,
): Promise<EnvSource> {
  if (source.DATABASE_URL !== undefined) {
    return source;
  }
  const settings = settingsSchema.safeParse(source);
  if (!settings.success) {
    throw new PlayheadError(
      'NOT_CONFIGURED',
      'Set DATABASE_SECRET_ARN, DATABASE_HOST and DATABASE_NAME, or DATABASE_URL.',
    );
  }
  const { DATABASE_SECRET_ARN, DATABASE_HOST, DATABASE_NAME } = settings.data;
  const secret = secretSchema.safeParse(toJson(await readSecret(DATABASE_SECRET_ARN)));
  if (!secret.success) {
    throw new PlayheadError(
      'NOT_CONFIGURED',
      `The secret ${DATABASE_SECRET_ARN} is not a JSON object with username and password.`,
    );
  }
  const url = new URL(`postgres://${DATABASE_HOST}:5432/${DATABASE_NAME}?sslmode=verify-full`);
  url.username = encodeURIComponent(secret.data.username);
  url.password = encodeURIComponent(secret.data.password);
  return { ...source, DATABASE_URL: url.href };
}

function toJson(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return undefined;
  }
}

async function readFromSecretsManager(SecretId: string): Promise<string | undefined> {
  const client = new SecretsManagerClient();
  try {
    return (await client.send(new GetSecretValueCommand({ SecretId }))).SecretString;
  } finally {
    client.destroy();
  }
}
