import { toAggregateId } from '#lib/aggregate-id.ts';

/** The key of a project's history in the event store. */
export function toProjectAggregateId(projectId: string): string {
  return toAggregateId('project', projectId);
}
