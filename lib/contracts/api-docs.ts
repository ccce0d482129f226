/** An endpoint of the programs' API, as its page shows it: from the values that the document is made of. */
export type EndpointDoc = {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** From the origin on, with names in braces. */
  readonly path: string;
  readonly summary: string;
  /** The right that a token needs, in words. */
  readonly scope: string;
  /** Names of the path's parts, and of parameters of the query. */
  readonly parts: readonly string[];
  readonly query: readonly string[];
  /** The JSON schemas of what is sent, null without a body, and of what is answered. */
  readonly body: Readonly<Record<string, unknown>> | null;
  readonly answer: Readonly<Record<string, unknown>>;
};
