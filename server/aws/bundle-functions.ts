import { join } from 'node:path';
import { build } from 'esbuild';

/** The functions, by the names of their sources in `lambda`. */
export const FUNCTIONS = [
  'stream-to-journal',
  'stream-to-hot-views',
  'project-journal',
  'answer-api',
] as const;

export type FunctionName = (typeof FUNCTIONS)[number];

/** Where `npm run aws:bundle` writes, a directory for each function. */
export const BUNDLES = join(import.meta.dirname, '../../.aws/functions');

/** Packages of CommonJS ask for Node's own modules by a `require` that modules do not have. */
const REQUIRE =
  "import{createRequire}from'node:module';const require=createRequire(import.meta.url);";

/**
 * Makes of each function one file, `index.mjs`, with everything that it needs, below `directory`. Answers
 * how many bytes each has. Throws what esbuild says.
 */
export async function bundleFunctions(directory: string): Promise<Map<FunctionName, number>> {
  const sizes = await Promise.all(
    FUNCTIONS.map(async (name) => {
      const outfile = join(directory, name, 'index.mjs');
      const { metafile } = await build({
        entryPoints: [join(import.meta.dirname, 'lambda', `${name}.ts`)],
        outfile,
        bundle: true,
        minify: true,
        // Names of errors are shown, and told apart by.
        keepNames: true,
        metafile: true,
        platform: 'node',
        target: 'node22',
        format: 'esm',
        banner: { js: REQUIRE },
        // What only a server may import is empty there.
        conditions: ['react-server'],
        legalComments: 'none',
        logLevel: 'error',
      });
      const bytes = Object.values(metafile.outputs).reduce((sum, output) => sum + output.bytes, 0);
      return [name, bytes] as const;
    }),
  );
  return new Map(sizes);
}
