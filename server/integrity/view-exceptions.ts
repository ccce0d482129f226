import type {
  AccountException,
  AccountExceptions,
} from '#server/projections/dead-letters/get-account-exceptions.ts';
import type { ComparedView } from './difference.ts';

const HOT_VIEWS: readonly ComparedView[] = ['account-balances', 'recent-transactions'];

/**
 * What a view leaves out of an account, and where the account waits in it. What ingest waits at or
 * left out is missing in every view of PostgreSQL.
 */
export function exceptionsOf(
  exceptions: AccountExceptions,
  view: ComparedView,
): readonly AccountException[] {
  const isApart = view === 'journal' || HOT_VIEWS.includes(view);
  const ofIngest = isApart ? [] : (exceptions.get('journal') ?? []);
  return [...(exceptions.get(view) ?? []), ...ofIngest];
}

/** What is known, in any view, of an event that cannot be read; null when nothing is. */
export function explainUnreadable(
  exceptions: AccountExceptions,
  eventSequence: number,
): string | null {
  const known = [...exceptions.values()]
    .flat()
    .filter((exception) => exception.eventSequence === eventSequence);
  return toExplanation(known);
}

/** Exceptions as sentences, each once; null without any. */
export function toExplanation(exceptions: readonly AccountException[]): string | null {
  const sentences = [...new Set(exceptions.map(({ sentence }) => sentence))];
  return sentences.length === 0 ? null : sentences.join(' ');
}
