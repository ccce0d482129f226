import { z } from 'zod';

/** The file with the authorities of RDS's certificates, in the image. */
const AUTHORITIES = '/etc/ssl/rds.pem';

const settingsSchema = z.object({
  DATABASE_HOST: z.string(),
  DATABASE_PORT: z.string(),
  DATABASE_NAME: z.string(),
  OWNER_PASSWORD: z.string(),
  WEB_PASSWORD: z.string(),
  WORKER_PASSWORD: z.string(),
});

/** PostgreSQL's roles, as the stack names them; the owner is made by RDS. */
export const ROLES = {
  owner: 'playhead_owner',
  web: 'playhead_web',
  worker: 'playhead_worker',
} as const;

/** What the container is given, as the launcher wants it. Throws a ZodError that names what is missing. */
export function toConsoleSettings(source: Readonly<Record<string, string | undefined>>) {
  const settings = settingsSchema.parse(source);
  const { DATABASE_HOST: host, DATABASE_PORT: port, DATABASE_NAME: name } = settings;
  const toUrl = (role: string, password: string) => {
    const url = new URL(`postgres://${host}:${port}/${name}`);
    url.searchParams.set('sslmode', 'verify-full');
    url.searchParams.set('sslrootcert', AUTHORITIES);
    url.username = role;
    url.password = encodeURIComponent(password);
    return url.href;
  };
  return {
    roles: [
      { name: ROLES.web, password: settings.WEB_PASSWORD },
      { name: ROLES.worker, password: settings.WORKER_PASSWORD },
    ],
    env: {
      DATABASE_URL: toUrl(ROLES.owner, settings.OWNER_PASSWORD),
      WEB_DATABASE_URL: toUrl(ROLES.web, settings.WEB_PASSWORD),
      WORKER_DATABASE_URL: toUrl(ROLES.worker, settings.WORKER_PASSWORD),
    },
  };
}
