import { writeFile } from 'node:fs/promises';
import { MODULES } from '#server/modules/index.ts';
import { createRegistry } from '#server/runtime/registry.ts';
import { toEndpoints } from './endpoints.ts';
import { toClientTypes } from './to-client-types.ts';

/** `npm run api:client`: writes the types of the client. */
const types = toClientTypes(toEndpoints(createRegistry(MODULES)));
await writeFile(new URL('../../../lib/api-client/api-operations.ts', import.meta.url), types);
