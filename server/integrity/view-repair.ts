/** What came of a repair of one account in one view. */
export type ViewRepair = {
  readonly view: string;
  /** The event that cannot be taken, at which the account waits in the view now; null without one. */
  readonly waitsAt: { readonly eventSequence: number; readonly error: string } | null;
};
