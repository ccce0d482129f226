import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { Command } from 'commander';
import { getMachineFacts } from '#server/bench/machine-facts.ts';
import { replaceSection } from '#server/bench/replace-section.ts';
import { ROOT } from '#server/local/launcher-settings.ts';
import { findBrowser } from '../find-browser.ts';
import { measureWeb } from './measure-web.ts';
import { openBenchInstance } from './open-bench-instance.ts';
import { toWebSection } from './web-table.ts';

const DOCUMENT = join(ROOT, 'docs', 'benchmarks.md');

type Options = { write?: true; events: string; feed: string };

const program = new Command('bench:web')
  .description('Measures the pages of a Playhead of its own in a headless browser')
  .option('--write', 'puts the figures into docs/benchmarks.md')
  .option('--events <number>', 'how long the history is that is scrubbed and scrolled', '100000')
  .option('--feed <number>', 'how many events of others the feed has', '1000000')
  .action(bench);

// Which Node this runs on was decided in package.json: not a matter for every run.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';

await program.parseAsync();

const SCREEN = { viewport: { width: 1440, height: 900 } };

async function bench({ write, ...options }: Options): Promise<void> {
  const size = { history: Number(options.events), feed: Number(options.feed) };
  const instance = await openBenchInstance(size);
  try {
    const startedAt = new Date().toISOString();
    const machine = getMachineFacts();
    const browser = await chromium.launch(findBrowser());
    const figures = await measureWeb(
      () => browser.newContext({ ...instance.signedIn, ...SCREEN }),
      instance,
    ).finally(() => browser.close());
    const section = toWebSection({ startedAt, machine, size, ...figures });
    console.log(section);
    if (write) {
      const document = await readFile(DOCUMENT, 'utf8');
      await writeFile(DOCUMENT, replaceSection(document, 'npm run bench:web', section));
    }
  } finally {
    await instance.close();
  }
}
