/** Runs a task after the earlier ones that share a key with it. */
export type KeyedQueue = <Result>(
  keys: readonly string[],
  task: () => Promise<Result>,
) => Promise<Result>;

/**
 * A queue in which tasks go one after another where they share a key, and side by side where they
 * do not. A task takes its place in all its keys' lines at once, before anything is awaited, so
 * no two tasks can wait for each other. A task that fails holds up nobody.
 */
export function createKeyedQueue(): KeyedQueue {
  const tails = new Map<string, Promise<void>>();

  return (keys, task) => {
    const before = Promise.all(keys.map((key) => tails.get(key)));
    const result = before.then(task);
    const tail = result
      .then(
        () => {},
        () => {},
      )
      .then(() => {
        for (const key of keys) {
          if (tails.get(key) === tail) {
            tails.delete(key);
          }
        }
      });
    for (const key of keys) {
      tails.set(key, tail);
    }
    return result;
  };
}
