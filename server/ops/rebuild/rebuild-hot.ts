import cliProgress from 'cli-progress';
import type { HotView } from '#server/runtime/hot-views/hot-view.ts';
import { EXIT_FAILED } from '#server/runtime/ops/failure.ts';
import type { OpsIo } from '#server/runtime/ops/ops-command.ts';
import type { OpsContext } from '#server/runtime/ops/ops-context.ts';
import { toJson } from '#server/runtime/ops/output.ts';
import { type HotViewRebuild, rebuildHotView } from '#server/runtime/rebuild/rebuild-hot-view.ts';
import type { Operator } from '#server/runtime/views/record-operator-action.ts';

/**
 * Makes every item of a hot view anew in its place; a dry run only counts. Answers with the exit
 * code: EXIT_FAILED when an aggregate has an event that cannot be taken.
 */
export async function rebuildHot(
  ctx: OpsContext,
  view: HotView,
  isDryRun: boolean,
  operator: Operator,
  io: OpsIo,
): Promise<number> {
  const bar = createBar(io);
  const { signal } = io;
  const onProgress = (progress: HotViewRebuild) => {
    bar?.setTotal(progress.aggregates);
    bar?.update(countDone(progress));
  };
  const options = { isDryRun, signal, onProgress };
  try {
    const done = await rebuildHotView(ctx, view, operator, options);
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
  const { aggregates, unchanged, written, removed, failed, failures } = done;
  return [
    `${aggregates} aggregates: ${unchanged} as they should be, ${written} ${isDryRun ? 'to write' : 'written'}, ` +
      `${removed} ${isDryRun ? 'to remove' : 'removed'}, ${failed} with an event that cannot be taken.`,
    ...failures.map(
      ({ aggregateId, eventSequence, error }) =>
        `${aggregateId} at event ${eventSequence}: ${error}`,
    ),
  ].join('\n');
}

/** Shown to people at a terminal only. */
function createBar({ progress }: OpsIo): cliProgress.SingleBar | undefined {
  if (!('isTTY' in progress) || progress.isTTY !== true) {
    return undefined;
  }
  const bar = new cliProgress.SingleBar({
    format: '{bar} {percentage}% · {value} of {total} aggregates · {eta_formatted} left',
    stream: progress,
    hideCursor: true,
    barCompleteChar: '█',
    barIncompleteChar: '░',
  });
  bar.start(0, 0);
  return bar;
}
