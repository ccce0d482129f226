import { and, sql } from 'drizzle-orm';
import { toAggregateId } from '#lib/aggregate-id.ts';
import type { FoundAggregate } from '#lib/contracts/queries.ts';
import type { Tx } from '#server/runtime/platform/postgres.ts';
import { containsTerm, FOLD, toTerms } from '#server/runtime/queries/search-terms.ts';
import { listKinds } from './entity-kinds.ts';

/** Records of any kind that have all words of `q`, by their names. */
export async function searchRecords(tx: Tx, q: string, most: number): Promise<FoundAggregate[]> {
  const found: FoundAggregate[] = [];
  for (const { table, aggregateType, noun } of listKinds()) {
    const words = sql`${FOLD}(${table.words})`;
    const rows = await tx
      .select({ recordId: table.recordId, title: table.title })
      .from(table)
      .where(and(...toTerms(q).map((term) => containsTerm(words, term))))
      .limit(most - found.length);
    found.push(
      ...rows.map(({ recordId, title }) => ({
        aggregateId: toAggregateId(aggregateType, recordId),
        title,
        detail: `${noun} · ${recordId}`,
      })),
    );
    if (found.length >= most) {
      break;
    }
  }
  return found;
}
