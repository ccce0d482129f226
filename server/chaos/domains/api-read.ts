/** A query of the web server's API about one aggregate. */
export type ApiRead = {
  readonly aggregateType: string;
  /** The address of the answer about an aggregate, without the host. */
  path(id: string): string;
  /** The query by which it waits for a sequence of the aggregate; without it, it does not wait. */
  readonly waitQuery?: (sequence: number) => string;
  /** The views that answer; of an aggregate that is not there, they hold nothing yet. */
  readonly views: readonly string[];
  /** The aggregate's sequence in each of these views. Throws at an answer of another shape. */
  toSequences(body: unknown): Readonly<Record<string, number>>;
};
