import { rm } from 'node:fs/promises';
import { BUNDLES, bundleFunctions } from './bundle-functions.ts';

await rm(BUNDLES, { recursive: true, force: true });
for (const [name, bytes] of await bundleFunctions(BUNDLES)) {
  console.log(`${name}: ${(bytes / 1_000_000).toFixed(2)} MB`);
}
