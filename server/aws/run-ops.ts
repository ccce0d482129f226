import { toConsoleSettings } from './console-settings.ts';

/* The command line within the console's container, on the stack's databases: as `npm run ops` elsewhere. */
Object.assign(process.env, toConsoleSettings(process.env).env);
await import('#server/ops/main.ts');
