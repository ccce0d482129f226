import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { FULL_REGISTRY } from '#server/testing/registry.ts';
import { toEndpoints } from './endpoints.ts';
import { toClientTypes } from './to-client-types.ts';

/** Without what the formatter adds and takes away. */
const bare = (text: string) => text.replaceAll(/[\s;,|()'"]/g, '');

it('is what the client has: npm run api:client writes it anew', () => {
  const written = readFileSync(
    new URL('../../../lib/api-client/api-operations.ts', import.meta.url),
    'utf8',
  );
  expect(bare(written)).toBe(bare(toClientTypes(toEndpoints(FULL_REGISTRY))));
});
