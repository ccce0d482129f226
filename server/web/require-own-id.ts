import { PlayheadError } from '#lib/playhead-error.ts';
import type { Aggregate } from '#server/runtime/event-store/aggregate.ts';

/** The own id of the aggregate of this kind that a person means. Throws AGGREGATE_NOT_FOUND for what can be no id. */
export function requireOwnId(kind: Pick<Aggregate, 'type' | 'parseId'>, text: string): string {
  const id = kind.parseId(text);
  if (id === undefined) {
    const shown = text.length > 40 ? `${text.slice(0, 40)}…` : text;
    throw new PlayheadError('AGGREGATE_NOT_FOUND', `There is no ${kind.type} “${shown}”.`);
  }
  return id;
}
