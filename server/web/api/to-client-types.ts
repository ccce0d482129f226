import { type ApiEndpoint, toPathNames } from './api-endpoint.ts';
import { toType } from './to-type.ts';

const HEAD = `/*
 * What the programs' API takes and answers, generated from the values that its OpenAPI document is made of:
 * npm run api:client writes it, and a test says when it is out of date.
 */

`;

const NOTHING = 'Readonly<Record<string, never>>';

/** The types of a client of these endpoints, as the text of a module of TypeScript. */
export function toClientTypes(endpoints: readonly ApiEndpoint[]): string {
  const entries = endpoints
    // A stream has no answer that ends.
    .filter(({ mediaType }) => mediaType === undefined)
    .map(({ method, path, summary, query, body, answer }) => {
      const parts = toPathNames(path).map((name) => `readonly ${name}: string`);
      return [
        `  /** ${summary} */`,
        `  readonly '${method} ${path}': {`,
        `    readonly path: ${parts.length === 0 ? NOTHING : `{ ${parts.join('; ')} }`};`,
        `    readonly query: ${query?.properties === undefined || Object.keys(query.properties).length === 0 ? NOTHING : toType(query)};`,
        `    readonly body: ${body === undefined ? 'undefined' : toType(body)};`,
        `    readonly answer: ${toType(answer)};`,
        '  };',
      ].join('\n');
    });
  return `${HEAD}export type ApiOperations = {\n${entries.join('\n')}\n};\n`;
}
