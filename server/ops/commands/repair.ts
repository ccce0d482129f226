import { z } from 'zod';
import { PlayheadError } from '#lib/playhead-error.ts';
import {
  REPAIRABLE_VIEWS,
  repairAccount,
  toRepairSteps,
} from '#server/integrity/repair-account.ts';
import type { ViewRepair } from '#server/integrity/view-repair.ts';
import { toErrorSentence } from '#server/platform/error-sentence.ts';
import { EXIT_FAILED } from '../failure.ts';
import { reasonOption, reasonSchema, toOperator } from '../operator.ts';
import { defineOpsCommand } from '../ops-command.ts';
import { toJson } from '../output.ts';
import { requireAccountId } from '../require-account-id.ts';

/** `repair`: re-projects one account. */
export const repairCommand = defineOpsCommand({
  usage: 'repair <account>',
  summary: 'make what a view holds of one account anew from its events',
  options: [
    { flags: '--view <name>', description: `one of ${REPAIRABLE_VIEWS.join(', ')}` },
    { flags: '--all-views', description: 'in every view' },
    reasonOption,
  ],
  details: `What PostgreSQL's views are made of, the account's rows in the journal, is put right first, out of
the event store. Commands and projections go on meanwhile. With --json, one object: accountId, repaired (per view:
view, waitsAt with eventSequence and error of the event that cannot be taken, or null), failed (the
views that could not be repaired, and why). Exit code 1 when there is one of these.`,
  input: reasonSchema.extend({
    account: z.string(),
    view: z.string().optional(),
    allViews: z.boolean().default(false),
  }),
  run: async (ctx, { account, view, allViews, reason }, io) => {
    const accountId = requireAccountId(account);
    if ((view === undefined) !== allViews) {
      throw new PlayheadError('INVALID_INPUT', 'Give --view, or --all-views.');
    }
    const repaired: ViewRepair[] = [];
    const failed: { readonly view: string; readonly error: unknown }[] = [];
    for (const each of view === undefined ? REPAIRABLE_VIEWS : toRepairSteps(view)) {
      io.signal.throwIfAborted();
      const target = { accountId, view: each };
      try {
        repaired.push(await repairAccount(ctx, target, toOperator({ reason })));
      } catch (error) {
        failed.push({ view: each, error });
      }
    }
    if (repaired.length === 0) {
      throw failed[0]?.error;
    }
    const lines = repaired.map(({ view: name, waitsAt }) =>
      waitsAt === null
        ? `${name}: made anew.`
        : `${name}: made anew up to event ${waitsAt.eventSequence}, which cannot be taken: ${waitsAt.error}`,
    );
    const failures = failed.map(({ view: name, error }) => ({
      view: name,
      error: toErrorSentence(error),
    }));
    lines.push(...failures.map(({ view: name, error }) => `${name}: not repaired: ${error}`));
    const answer = { accountId, repaired, failed: failures };
    await io.print(io.json ? toJson(answer) : lines.join('\n'));
    const isWhole = failures.length === 0 && repaired.every(({ waitsAt }) => waitsAt === null);
    return isWhole ? 0 : EXIT_FAILED;
  },
});
