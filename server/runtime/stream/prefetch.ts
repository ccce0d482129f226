/**
 * The same items, each next one fetched while the current one is worked on: reading the stream and
 * writing a read model then take as long as the slower of the two.
 */
export async function* prefetch<Item>(
  source: AsyncGenerator<Item, void, void>,
): AsyncGenerator<Item, void, void> {
  let next = source.next();
  try {
    for (let current = await next; !current.done; current = await next) {
      next = source.next();
      // It may fail while the consumer is busy; it is thrown when its turn comes.
      next.catch(() => {});
      yield current.value;
    }
  } finally {
    // Whoever stops early does not wait for the read that is under way.
    source.return().catch(() => {});
  }
}
