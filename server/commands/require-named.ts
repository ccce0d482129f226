/** What was read of an account. Throws where the command decides on one that it does not name. */
export function requireNamed<Read>(read: ReadonlyMap<string, Read>, accountId: string): Read {
  const found = read.get(accountId);
  if (found === undefined) {
    throw new Error(`The command decides on account ${accountId} without naming it.`);
  }
  return found;
}
