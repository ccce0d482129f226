/** What came of a repair of one aggregate in one view. */
export type ViewRepair = {
  readonly view: string;
  /** The event that cannot be taken, at which the aggregate waits in the view now; null without one. */
  readonly waitsAt: { readonly eventSequence: number; readonly error: string } | null;
};
