import { z } from 'zod';
import { PlayheadError } from '#lib/playhead-error.ts';
import { toAggregateId } from '#server/domain/recorded-event.ts';
import type { LoadedState } from '#server/event-store/fold-events.ts';
import { getSequenceAt } from '#server/time-travel/get-sequence-at.ts';
import { getStateAt } from '#server/time-travel/get-state-at.ts';
import { toStateFields } from '#server/time-travel/state-fields.ts';
import type { OpsContext } from '../context.ts';
import { defineOpsCommand } from '../ops-command.ts';
import { toJson, toTable } from '../output.ts';
import { requireAccountId } from '../require-account-id.ts';

/** `state`: what an account is, or was, folded from the event store. */
export const stateCommand = defineOpsCommand({
  usage: 'state <account>',
  summary: 'what an account is, or was, folded from the event store',
  options: [
    {
      flags: '--at <when>',
      description:
        'after this event sequence (12), at the end of this day (1993-06-30), or at this time (1993-06-30T12:00:00Z)',
    },
  ],
  details: `Amounts are in minor units. With --json, one object: accountId, version (the sequence that was
folded up to; 0 is before the opening), status, and unless that is "unopened" number, owner,
currency, overdraftLimit, balance, openedAt, lastEventAt, and closedAt of a closed one.`,
  input: z.object({
    account: z.string(),
    at: z
      .union(
        [z.string().regex(/^\d+$/), z.iso.date(), z.iso.datetime({ offset: true })],
        '--at is an event sequence (12), a day, or a time with its offset (1993-06-30T12:00:00Z).',
      )
      .optional(),
  }),
  run: async (ctx, { account, at }, io) => {
    const accountId = requireAccountId(account);
    const { state, version } = await load(ctx, accountId, at);
    const fields = { accountId, version, status: state.status, ...toStateFields(state) };
    await io.print(
      io.json
        ? toJson(fields)
        : toTable(
            ['field', 'value'],
            Object.entries(fields).map(([field, value]) => [field, `${value}`]),
          ),
    );
    return 0;
  },
});

async function load(
  { store }: OpsContext,
  accountId: string,
  at: string | undefined,
): Promise<LoadedState> {
  if (at === undefined) {
    const loaded = await store.load(toAggregateId(accountId));
    if (loaded.version === 0) {
      throw new PlayheadError('ACCOUNT_NOT_FOUND', `There is no account ${accountId}.`);
    }
    return loaded;
  }
  const sequence = /^\d+$/.test(at) ? Number(at) : await getSequenceAt(store, accountId, at);
  return getStateAt(store, accountId, sequence);
}
