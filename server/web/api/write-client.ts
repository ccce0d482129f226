import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ROOT } from '#server/local/launcher-settings.ts';
import { MODULES } from '#server/modules/index.ts';
import { createRegistry } from '#server/runtime/registry.ts';
import { toEndpoints } from './endpoints.ts';
import { toClientTypes } from './to-client-types.ts';

/** `npm run api:client`: writes the types of the client. */
const types = toClientTypes(toEndpoints(createRegistry(MODULES)));
await writeFile(join(ROOT, 'lib', 'api-client', 'api-operations.ts'), types);
