import { createPostgres } from '#server/runtime/platform/postgres.ts';
import { toConsoleSettings } from './console-settings.ts';
import { prepareRoles } from './prepare-roles.ts';

/* The container's program: PostgreSQL's roles, and then what `npm start` does. */

const { roles, env } = toConsoleSettings(process.env);
const postgres = createPostgres(env, { application: 'playhead-roles', max: 1 });
await prepareRoles(postgres.db, roles);
await postgres.close();
for (const name of ['OWNER_PASSWORD', 'WEB_PASSWORD', 'WORKER_PASSWORD']) {
  delete process.env[name];
}
Object.assign(process.env, env);
process.argv.push('start', '--empty');
await import('#server/local/main.ts');
