import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ROOT } from '#server/local/launcher-settings.ts';
import { FULL_REGISTRY } from '#server/testing/registry.ts';
import { toEndpoints } from './endpoints.ts';
import { toClientTypes } from './to-client-types.ts';

/** Without what the formatter adds and takes away. */
const bare = (text: string) => text.replaceAll(/[\s;,|()'"]/g, '');

it('is what the client has: npm run api:client writes it anew', () => {
  const written = readFileSync(join(ROOT, 'lib', 'api-client', 'api-operations.ts'), 'utf8');
  expect(bare(written)).toBe(bare(toClientTypes(toEndpoints(FULL_REGISTRY))));
});
