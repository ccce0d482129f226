/** Calls `work` for every item, `width` at once; throws what the first failing one threw. */
export async function forEachConcurrently<Item>(
  items: Iterable<Item> | AsyncIterable<Item>,
  width: number,
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const remaining =
    Symbol.asyncIterator in items ? items[Symbol.asyncIterator]() : items[Symbol.iterator]();
  let isFailed = false;
  async function takeTurns(): Promise<void> {
    for (
      let next = await remaining.next();
      !next.done && !isFailed;
      next = await remaining.next()
    ) {
      await work(next.value);
    }
  }
  await Promise.all(
    Array.from({ length: width }, () =>
      takeTurns().catch((error) => {
        isFailed = true;
        throw error;
      }),
    ),
  );
}
