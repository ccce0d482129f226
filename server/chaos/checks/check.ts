/** What one check came to. */
export type Check = {
  readonly name: string;
  /** What was looked at, in figures, for a person to read. */
  readonly figure: string;
  /** What is not as it must be; empty when all is well. */
  readonly problems: readonly string[];
};
