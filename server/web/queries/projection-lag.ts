import type { ProjectionLag } from '#lib/contracts/queries.ts';
import type { ViewFreshness } from '#lib/contracts/system.ts';
import { PlayheadError } from '#lib/playhead-error.ts';
import type { SystemWatch } from '#server/runtime/system/system-watch.ts';

/** Lag behind the journal, with how fresh each projection is against the event store. */
export type ProjectionLagAnswer = ProjectionLag & { readonly freshness: readonly ViewFreshness[] };

/**
 * How far each projection is behind the journal, how it fares, and how fresh it is against the event
 * store. Without the workers' reports, what they would know is unknown. Throws POSTGRES_UNAVAILABLE.
 */
export async function getProjectionLagAnswer(watch: SystemWatch): Promise<ProjectionLagAnswer> {
  const { lag, views } = await watch.read();
  if (lag === null) {
    const sentence = 'PostgreSQL does not answer. Check that it is running, then try again.';
    throw new PlayheadError('POSTGRES_UNAVAILABLE', sentence);
  }
  const names = lag.projections.map(({ name }) => name);
  return { ...lag, freshness: views.filter(({ view }) => names.includes(view)) };
}
