import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Browser, chromium } from '@playwright/test';
import { toMarkdownTable } from '#server/bench/markdown-table.ts';
import { putOddRecords } from '#server/chaos/odd-records.ts';
import { ROOT } from '#server/local/launcher-settings.ts';
import { openInstance } from '#server/local/open-instance.ts';
import { MODULES } from '#server/modules/index.ts';
import { createDynamo } from '#server/runtime/platform/dynamo.ts';
import { createRegistry } from '#server/runtime/registry.ts';
import { lastCommand, openForm, send } from '../account-steps.ts';
import { findBrowser } from '../find-browser.ts';
import { createPlace, type Place } from '../launched.ts';
import { type OwnPlayhead, startOwn } from '../start-own.ts';
import { ACCOUNT_PATH, PICTURES, PICTURES_OF_TROUBLE, type Picture } from './pictures.ts';
import { SCHEMES, takePictures } from './take-pictures.ts';

const FOLDER = 'images/gallery';

// Which Node this runs on was decided in package.json: not a matter for every run.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';

const docs = join(ROOT, 'docs');
const place = await createPlace();
const { url, signedIn, close } = await startOwn(place);
try {
  const browser = await chromium.launch(findBrowser());
  try {
    await deposit(browser, { url, signedIn });
    await takePictures(browser, { url, signedIn }, PICTURES, join(docs, FOLDER));
    await breakSomething(place);
    await takePictures(browser, { url, signedIn }, PICTURES_OF_TROUBLE, join(docs, FOLDER));
  } finally {
    await browser.close();
  }
} finally {
  await close();
}
await writeFile(join(docs, 'gallery.md'), toDocument([...PICTURES_OF_TROUBLE, ...PICTURES]));

/** The way of a command is measured where it was issued: in a browser. */
async function deposit(
  browser: Browser,
  { url, signedIn }: Pick<OwnPlayhead, 'url' | 'signedIn'>,
): Promise<void> {
  const page = await browser.newPage({ ...signedIn, baseURL: url });
  await page.goto(ACCOUNT_PATH);
  await page.getByTestId('balance').waitFor();
  await send(await openForm(page, 'Deposit'), 'Deposit', { Amount: '120.00' });
  await lastCommand(page)
    .getByText(/Visible in/)
    .waitFor();
  await page.close();
}

/** Puts items into the event store that nothing can read. */
async function breakSomething({ env }: Place): Promise<void> {
  const registry = createRegistry(MODULES);
  const instance = await openInstance(env, () => {}, { mayBegin: false, registry });
  const dynamo = createDynamo(instance.env);
  await putOddRecords(dynamo, registry, 'A1');
  dynamo.close();
  await instance.close();
}

function toDocument(pictures: readonly Picture[]): string {
  const toImage = ({ name, title }: Picture, scheme: string) =>
    `![${title}, in ${scheme}](${FOLDER}/${name}-${scheme}.webp)`;
  const sections = pictures.map((picture) => {
    const images = SCHEMES.map((scheme) => toImage(picture, scheme));
    return `## ${picture.title}\n\n${toMarkdownTable([[...SCHEMES], images]).join('\n')}\n`;
  });
  return `# Gallery

The main pages with the demo, as \`npm run gallery\` takes them: it starts a Playhead in a directory of its own,
opens the pages in the headless browser of the end-to-end tests, and writes this file.

${sections.join('\n')}`;
}
