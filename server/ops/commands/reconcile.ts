import { z } from 'zod';
import { type Reconciliation, reconcile } from '#server/integrity/reconcile.ts';
import { EXIT_FAILED } from '../failure.ts';
import { defineOpsCommand } from '../ops-command.ts';
import { toJson, toTable } from '../output.ts';

/** `reconcile`: whether every view is what the events say. */
export const reconcileCommand = defineOpsCommand({
  usage: 'reconcile',
  summary: 'fold every account from the event store and compare every view with it',
  details: `With --json, one object: checked (accounts in the event store), different (accounts with a view
that is not what the events say), differences (single ones), explained (accounts whose differences
are all explained by dead letters and skipped events), items (the first 100: accountId, view, field,
expected, actual, explanation or null). Views that are behind get some seconds to catch up. Exit code 1 when
anything differs.`,
  input: z.object({}),
  run: async (ctx, _input, io) => {
    const result = await reconcile(ctx, { signal: io.signal });
    await io.print(io.json ? toJson(result) : toText(result));
    return result.different > 0 ? EXIT_FAILED : 0;
  },
});

function toText({ checked, different, differences, explained, items }: Reconciliation): string {
  const sentence = `${checked} accounts compared with every view: ${different} differ${explained === 0 ? '' : `, ${explained} more are explained`}.`;
  const unreadable = new Set(
    items.flatMap(({ accountId, view, field }) =>
      view === 'event-store' && field === 'event' ? accountId : [],
    ),
  );
  const walls = [...unreadable].map(
    (accountId) =>
      `Account ${accountId} has an event that cannot be read: commands on it are refused until a program that can read it runs.`,
  );
  if (items.length === 0) {
    return sentence;
  }
  const rows = items.map(({ accountId, view, field, expected, actual, explanation }) => [
    accountId,
    view,
    field,
    expected ?? '(none)',
    actual ?? '(none)',
    explanation ?? '',
  ]);
  const unlisted = differences - items.length;
  return [
    toTable(['account', 'view', 'field', 'expected', 'actual', 'because'], rows),
    ...(unlisted > 0 ? [`… and ${unlisted} more differences.`] : []),
    ...walls,
    sentence,
  ].join('\n');
}
