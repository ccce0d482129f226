import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { PlayheadError } from '#lib/playhead-error.ts';
import { ROOT } from '#server/local/launcher-settings.ts';

/** A server action as it is called: its id, and a page that has it. */
export type ServerAction = { readonly id: string; readonly page: string };

export type ServerActions = {
  /** Issues a command of any module that a form may issue. */
  readonly issue: ServerAction;
  /** The action of an account's form, by its name. */
  readonly ofAccount: (name: string) => ServerAction;
};

const manifestSchema = z.object({
  node: z.record(z.string(), z.object({ filename: z.string(), exportedName: z.string() })),
});

/** The server actions of the web server's build, whose ids are other ones with each build. */
export async function readServerActions(): Promise<ServerActions> {
  const file = join(ROOT, '.next', 'server', 'server-reference-manifest.json');
  const { node } = manifestSchema.parse(JSON.parse(await readFile(file, 'utf8')));
  const idOf = (filename: string, name: string) => {
    const found = Object.entries(node).find(
      ([, action]) => action.filename === filename && action.exportedName === name,
    );
    if (found === undefined) {
      throw new PlayheadError('UNEXPECTED', `The web server's build has no action “${name}”.`);
    }
    return found[0];
  };
  return {
    issue: { id: idOf('app/actions/issue-command.ts', 'issueCommand'), page: '/projects' },
    ofAccount: (name) => ({
      id: idOf('app/actions/account-actions.ts', name),
      page: '/accounts',
    }),
  };
}
