/** An aggregate id in its parts: what it is an aggregate of, and which one. */
export type AggregateIdParts = { readonly type: string; readonly id: string };

/** The key of an aggregate's history in the event store: `<type>#<id>`. */
export function toAggregateId(type: string, id: string): string {
  return `${type}#${id}`;
}

/** The parts of an aggregate id; the type is empty where the text has none. */
export function parseAggregateId(aggregateId: string): AggregateIdParts {
  const end = aggregateId.indexOf('#');
  return { type: aggregateId.slice(0, Math.max(0, end)), id: aggregateId.slice(end + 1) };
}

/** Whether an aggregate is of this type. */
export function isOfType(type: string, aggregateId: string): boolean {
  return aggregateId.startsWith(`${type}#`);
}
