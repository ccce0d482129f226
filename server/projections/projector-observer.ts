/** Hears what a projector does, to count it. Must not throw. */
export type ProjectorObserver = {
  /** These events' effects and the checkpoint behind them are committed: queries show them. */
  readonly applied: (events: readonly { readonly timestamp: string }[]) => void;
  /** An attempt failed and will be repeated. */
  readonly retried: () => void;
};
