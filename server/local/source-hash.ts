import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

const DIRECTORIES = ['app', 'components', 'lib', 'public', 'server'];
const FILES = [
  'instrumentation-client.ts',
  'next.config.ts',
  'package-lock.json',
  'package.json',
  'postcss.config.mjs',
  'proxy.ts',
  'tsconfig.json',
];

/** SHA-256 over the paths and contents of everything that goes into the web server's build. */
export async function hashSources(root: string): Promise<string> {
  const paths = [...FILES];
  for (const directory of DIRECTORIES) {
    const entries = await readdir(join(root, directory), { recursive: true }).catch(() => []);
    paths.push(...entries.map((entry) => join(directory, entry)));
  }
  const hash = createHash('sha256');
  for (const path of paths.filter((name) => !/\.test\.tsx?$/.test(name)).sort()) {
    // A directory, or one of the optional files, has no content to read.
    const content = await readFile(join(root, path)).catch(() => undefined);
    if (content !== undefined) {
      hash.update(`${path}\0${content.length}\0`).update(content);
    }
  }
  return hash.digest('hex');
}
