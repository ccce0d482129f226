import cliProgress from 'cli-progress';
import { accountBalancesView } from '#server/projections/account-balances/account-balances-view.ts';
import {
  type HotViewRebuild,
  rebuildHotView,
} from '#server/projections/rebuild/rebuild-hot-view.ts';
import { recentTransactionsView } from '#server/projections/recent-transactions/recent-transactions-view.ts';
import type { Operator } from '#server/projections/record-operator-action.ts';
import type { OpsContext } from '../context.ts';
import { EXIT_FAILED } from '../failure.ts';
import type { OpsIo } from '../ops-command.ts';
import { toJson } from '../output.ts';

/**
 * Makes every item of a hot view anew in its place; a dry run only counts. Answers with the exit
 * code: EXIT_FAILED when an account has an event that cannot be taken.
 */
export async function rebuildHot(
  ctx: OpsContext,
  view: string,
  isDryRun: boolean,
  operator: Operator,
  io: OpsIo,
): Promise<number> {
  const bar = createBar(io);
  const { signal } = io;
  const onProgress = (progress: HotViewRebuild) => {
    bar?.setTotal(progress.accounts);
    bar?.update(countDone(progress));
  };
  const options = { isDryRun, signal, onProgress };
  try {
    const done =
      view === accountBalancesView.name
        ? await rebuildHotView(ctx, accountBalancesView, operator, options)
        : await rebuildHotView(ctx, recentTransactionsView, operator, options);
    bar?.stop();
    await io.print(io.json ? toJson(done) : toText(done, isDryRun));
    return done.failed > 0 ? EXIT_FAILED : 0;
  } finally {
    bar?.stop();
  }
}

const countDone = ({ unchanged, written, removed, failed }: HotViewRebuild) =>
  unchanged + written + removed + failed;

function toText(done: HotViewRebuild, isDryRun: boolean): string {
  const { accounts, unchanged, written, removed, failed, failures } = done;
  return [
    `${accounts} accounts: ${unchanged} as they should be, ${written} ${isDryRun ? 'to write' : 'written'}, ` +
      `${removed} ${isDryRun ? 'to remove' : 'removed'}, ${failed} with an event that cannot be taken.`,
    ...failures.map(
      ({ accountId, eventSequence, error }) => `${accountId} at event ${eventSequence}: ${error}`,
    ),
  ].join('\n');
}

/** Shown to people at a terminal only. */
function createBar({ progress }: OpsIo): cliProgress.SingleBar | undefined {
  if (!('isTTY' in progress) || progress.isTTY !== true) {
    return undefined;
  }
  const bar = new cliProgress.SingleBar({
    format: '{bar} {percentage}% · {value} of {total} accounts · {eta_formatted} left',
    stream: progress,
    hideCursor: true,
    barCompleteChar: '█',
    barIncompleteChar: '░',
  });
  bar.start(0, 0);
  return bar;
}
