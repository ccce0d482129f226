/** What was read of an aggregate. Throws where the command decides on one that it does not name. */
export function requireNamed<Read>(read: ReadonlyMap<string, Read>, aggregateId: string): Read {
  const found = read.get(aggregateId);
  if (found === undefined) {
    throw new Error(`The command decides on ${aggregateId} without naming it.`);
  }
  return found;
}
