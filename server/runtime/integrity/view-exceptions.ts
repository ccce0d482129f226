import type { ViewException, ViewExceptions } from '#server/runtime/dead-letters/get-exceptions.ts';
import { JOURNAL } from '#server/runtime/journal/dead-letters-table.ts';

/**
 * What a view leaves out of an aggregate, and where the aggregate waits in it. What ingest waits at or
 * left out is missing in every view that is made out of the journal.
 */
export function exceptionsOf(
  exceptions: ViewExceptions,
  view: string,
  projected: readonly { readonly name: string }[],
): readonly ViewException[] {
  const isProjected = projected.some(({ name }) => name === view);
  const ofIngest = isProjected ? (exceptions.get(JOURNAL) ?? []) : [];
  return [...(exceptions.get(view) ?? []), ...ofIngest];
}

/** What is known, in any view, of an event that cannot be read; null when nothing is. */
export function explainUnreadable(
  exceptions: ViewExceptions,
  eventSequence: number,
): string | null {
  const known = [...exceptions.values()]
    .flat()
    .filter((exception) => exception.eventSequence === eventSequence);
  return toExplanation(known);
}

/** Exceptions as sentences, each once; null without any. */
export function toExplanation(exceptions: readonly ViewException[]): string | null {
  const sentences = [...new Set(exceptions.map(({ sentence }) => sentence))];
  return sentences.length === 0 ? null : sentences.join(' ');
}
