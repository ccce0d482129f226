import type { ConsumerLag, ConsumerStatus } from '#lib/contracts/queries.ts';
import { countOf } from '#lib/count-format.ts';
import { JOURNAL } from '#server/journal/dead-letters-table.ts';
import type { Dynamo } from '#server/platform/dynamo.ts';
import type { Db } from '#server/platform/postgres.ts';
import { HOT_VIEWS } from '#server/projections/dead-letters/dead-letter-deps.ts';
import { countHotLetters } from '#server/projections/dead-letters/hot-letters.ts';
import { countDeadLetters } from '#server/projections/get-projection-statuses.ts';
import { getConsumerLag } from '#server/stream/consumer-lag.ts';
import { within } from '../within.ts';

const PATIENCE_MS = 1_500;

type LagDeps = { readonly dynamo: Dynamo; readonly db: Db; readonly now: () => Date };

/** By consumer, at which dead letters accounts wait in what it feeds, as a sentence. */
type Blocks = ReadonlyMap<string, string>;

/**
 * How far the stream's consumers are behind (`getConsumerLag`), and whether accounts wait at dead
 * letters in what they feed. The journal's are in PostgreSQL: while that is down they are not known,
 * and the rest still shows.
 */
export async function getConsumerLagAnswer({ dynamo, db, now }: LagDeps): Promise<ConsumerLag> {
  const [rows, ofHotViews, ofJournal] = await Promise.all([
    getConsumerLag(dynamo, now()),
    Promise.all(HOT_VIEWS.map(async (view) => toWords(await countHotLetters(dynamo, view), view))),
    within(PATIENCE_MS, () => countDeadLetters(db)).catch(() => new Map<string, never>()),
  ]);
  const blocks: Blocks = new Map([
    ['journal', toWords(ofJournal.get(JOURNAL)?.count ?? 0, 'the journal')],
    ['hot-views', ofHotViews.filter((words) => words !== '').join(' ')],
  ]);
  return { consumers: rows.map((row) => withBlocks(row, blocks)) };
}

/** Trouble that is worse than waiting accounts is what shows. */
function withBlocks(row: ConsumerStatus, blocks: Blocks): ConsumerStatus {
  const reason = blocks.get(row.name);
  return reason && row.status === 'running' ? { ...row, status: 'blocked', reason } : row;
}

function toWords(accounts: number, place: string): string {
  const waits = accounts === 1 ? 'waits' : 'wait';
  return accounts === 0
    ? ''
    : `${countOf(accounts, 'account')} ${waits} at dead letters in ${place}.`;
}
