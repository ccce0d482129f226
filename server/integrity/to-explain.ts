import type { AccountExceptions } from '#server/projections/dead-letters/get-account-exceptions.ts';
import type { ComparedView } from './difference.ts';

const HOT_VIEWS: readonly ComparedView[] = ['account-balances', 'recent-transactions'];

/**
 * What explains an account's differences in a view. What ingest waits at or left out is missing in
 * every view of PostgreSQL; an event that cannot be read is a dead letter somewhere.
 */
export function toExplain(exceptions: AccountExceptions): (view: ComparedView) => string | null {
  return (view) => {
    const journal = HOT_VIEWS.includes(view) ? [] : (exceptions.get('journal') ?? []);
    const sentences =
      view === 'event-store'
        ? [...new Set([...exceptions.values()].flat())]
        : [...(exceptions.get(view) ?? []), ...journal];
    return sentences.length === 0 ? null : sentences.join(' ');
  };
}
