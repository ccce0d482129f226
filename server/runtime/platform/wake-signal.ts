export type WakeSignal = {
  /** Ends the sleep of the loop; when it is awake, its next sleep ends at once. */
  readonly wake: () => void;
  /** Sleeps until `wake`, at most `milliseconds`. One loop may sleep at a time. */
  readonly sleep: (milliseconds: number) => Promise<void>;
};

/** Lets a loop sleep until there is something to do, without losing a wake that comes too early. */
export function createWakeSignal(): WakeSignal {
  let isWoken = false;
  let endSleep = () => {};
  return {
    wake: () => {
      isWoken = true;
      endSleep();
    },
    sleep: async (milliseconds) => {
      if (!isWoken) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, milliseconds);
          endSleep = () => {
            clearTimeout(timer);
            resolve();
          };
        });
      }
      isWoken = false;
    },
  };
}
