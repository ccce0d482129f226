import { z } from 'zod';
import { EXIT_FAILED } from '#server/runtime/ops/failure.ts';
import { ACTOR } from '#server/runtime/ops/operator.ts';
import { defineOpsCommand } from '#server/runtime/ops/ops-command.ts';
import { toJson } from '#server/runtime/ops/output.ts';
import { type ImportTally, importMessages } from './import-messages.ts';
import { requireFile } from './require-file.ts';

/** `crm-import`: keeps change events from a file. */
export const importMessagesCommand = defineOpsCommand({
  usage: 'crm-import <file>',
  mayBegin: true,
  summary: 'keep change events of the CRM from a file',
  details: `Keeps the change events of a JSON-lines file, one message a line, in any of the three
envelopes of Salesforce. They may come in any order and more than once. What cannot be read as one is kept as
a refused message, with its text.

With --json, one object: messages (lines), recorded (events written: a merged change is one of each record),
duplicates, refused, tooLong (lines that are longer than a message can be), stopped, seconds. Exit code 1 when
a message was refused or too long.`,
  input: z.object({ file: z.string() }),
  run: async ({ handler }, { file }, io) => {
    await requireFile(file);
    const tally = await importMessages({ handler, actor: ACTOR }, file, io.signal);
    await io.print(io.json ? toJson(tally) : toText(tally));
    return tally.refused > 0 || tally.tooLong.length > 0 || tally.stopped ? EXIT_FAILED : 0;
  },
});

function toText({
  messages,
  recorded,
  duplicates,
  refused,
  tooLong,
  ...rest
}: ImportTally): string {
  return [
    `${messages} messages in ${rest.seconds} s: ${recorded} events recorded, ${duplicates} known already, ${refused} refused.`,
    ...(tooLong.length > 0 ? [`Too long to be kept, in lines: ${tooLong.join(', ')}.`] : []),
    ...(rest.stopped ? ['Stopped before the end of the file: import it again to go on.'] : []),
  ].join('\n');
}
