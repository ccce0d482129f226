import { z } from 'zod';
import { PAGE_LINKS } from '#lib/contracts/page-links.ts';
import type { Right } from '#lib/rights.ts';
import { parseQuery } from '#server/runtime/queries/parse-query.ts';
import type { Resource } from '#server/runtime/queries/resource.ts';
import type { RequestContext } from '../context.ts';
import { toJsonAnswer } from '../json-answer.ts';
import { requireOwnId } from '../require-own-id.ts';
import { type ApiCall, type ApiEndpoint, type JsonSchema, toPathNames } from './api-endpoint.ts';
import { toETag } from './request-fields.ts';

/** Something to be read; `read` gets the path's parts as they were written. */
export type ReadSpec<Query, Answer> = Pick<
  ApiEndpoint,
  'path' | 'summary' | 'toRight' | 'scope'
> & {
  readonly query: z.ZodType<Query>;
  readonly answer: z.ZodType<Answer>;
  readonly read: (
    context: RequestContext,
    query: Query,
    params: ApiCall['params'],
  ) => Promise<Answer>;
  readonly toVersion?: ((answer: Answer) => number) | undefined;
};

const pageSchema = z.object(PAGE_LINKS);

/** An endpoint that reads. The ETag is its aggregate's version; a list's pages are linked. */
export function toReadEndpoint<Query, Answer>(spec: ReadSpec<Query, Answer>): ApiEndpoint {
  const { path, summary, toRight, scope, query, answer, read, toVersion } = spec;
  return {
    method: 'GET',
    path,
    summary,
    operationId: toOperationId(path),
    toRight,
    scope,
    query: toSchema(query, 'input'),
    status: 200,
    answer: toSchema(answer, 'output'),
    respond: async ({ context, request, params }) => {
      const { pathname, searchParams } = new URL(request.url);
      const found = await read(context, parseQuery(query, searchParams), params);
      const links = pageSchema.safeParse(found).data;
      return toJsonAnswer(found, 200, {
        ...(toVersion === undefined ? {} : { ETag: toETag(toVersion(found)) }),
        ...(links === undefined ? {} : toLinkHeader(pathname, searchParams, links)),
      });
    },
  };
}

/** A module's resource as an endpoint: with the right to view the module. */
export function toResourceEndpoint(module: string, resource: Resource): ApiEndpoint {
  const { path, summary, aggregate, query, answer } = resource;
  const [name = ''] = toPathNames(path);
  const right: Right = { module, action: 'view' };
  return toReadEndpoint({
    path,
    summary,
    query,
    answer,
    toRight: () => right,
    scope: `the scope ${module}:view`,
    read: (context, asked, params) => {
      const id = aggregate === undefined ? '' : requireOwnId(aggregate, params[name] ?? '');
      return resource.read(context, asked, id);
    },
    toVersion: resource.toVersion,
  });
}

/** The pages beside a page, and the first one; of a list that is one page, nothing. */
function toLinkHeader(
  pathname: string,
  params: URLSearchParams,
  { nextCursor, previousCursor }: z.output<typeof pageSchema>,
): Record<string, string> {
  const to = (rel: string, cursor: string | null) => {
    const copy = new URLSearchParams(params);
    copy.delete('cursor');
    if (cursor !== null) {
      copy.set('cursor', cursor);
    }
    return `<${pathname}${copy.size > 0 ? `?${copy}` : ''}>; rel="${rel}"`;
  };
  const beside = [
    ...(previousCursor === null ? [] : [to('prev', previousCursor)]),
    ...(nextCursor === null ? [] : [to('next', nextCursor)]),
  ];
  return beside.length === 0 ? {} : { Link: [to('first', null), ...beside].join(', ') };
}

/** The id of a reading operation; `/accounts/{accountId}/ledger`: `getAccountsByAccountIdLedger`. */
export function toOperationId(path: string): string {
  const words = path.replaceAll('{', 'by-').split(/[^A-Za-z0-9]+/);
  return `get${words.map((word) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`).join('')}`;
}

export function toSchema(schema: z.ZodType, io: 'input' | 'output'): JsonSchema {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io });
  return rest;
}
