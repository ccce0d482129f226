import { z } from 'zod';
import { PlayheadError } from '#lib/playhead-error.ts';
import {
  REPAIRABLE_VIEWS,
  repairAccount,
  toRepairSteps,
} from '#server/integrity/repair-account.ts';
import type { ViewRepair } from '#server/integrity/view-repair.ts';
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
view, waitsAt with eventSequence and error of the event that cannot be taken, or null). Exit code 1
when there is one.`,
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
    for (const each of view === undefined ? REPAIRABLE_VIEWS : toRepairSteps(view)) {
      io.signal.throwIfAborted();
      const target = { accountId, view: each };
      repaired.push(await repairAccount(ctx, target, toOperator({ reason })));
    }
    const lines = repaired.map(({ view: name, waitsAt }) =>
      waitsAt === null
        ? `${name}: made anew.`
        : `${name}: made anew up to event ${waitsAt.eventSequence}, which cannot be taken: ${waitsAt.error}`,
    );
    await io.print(io.json ? toJson({ accountId, repaired }) : lines.join('\n'));
    return repaired.some(({ waitsAt }) => waitsAt !== null) ? EXIT_FAILED : 0;
  },
});
