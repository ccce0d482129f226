import 'server-only';
import type { z } from 'zod';
import { toAggregateId } from '#lib/aggregate-id.ts';
import type { PlayheadError } from '#lib/playhead-error.ts';
import type { Right, SIGNED_IN } from '#lib/rights.ts';
import { requireAggregate } from '#server/runtime/event-store/load-state.ts';
import { parseQuery } from '#server/runtime/queries/parse-query.ts';
import { getWebContext, type RequestContext, type WebContext } from './context.ts';
import { nobody } from './identity/principal.ts';
import { viewOfAggregateType } from './identity/rights-of.ts';
import { toJsonAnswer, type WithErrors, withJsonErrors } from './json-answer.ts';
import { measureQuery } from './metrics/measure-query.ts';
import { requireOwnId } from './require-own-id.ts';

/** The path's parameters of a route below /api/aggregates/[type]/[id]. */
export type AggregateRoute = { readonly params: Promise<{ type: string; id: string }> };

/** A route about one aggregate whose type goes without saying, as the aggregate's; `name`: its id's parameter. */
export function toAggregateRoute<Name extends string>(
  { params }: { readonly params: Promise<Readonly<Record<Name, string>>> },
  type: string,
  name: Name,
): AggregateRoute {
  return { params: params.then((given) => ({ type, id: given[name] })) };
}

/** As nginx has it: nobody waits for the answer any more, so none was made. */
const GIVEN_UP = 499;

/** What one needs for a request: a right that may depend on what there is; null where everybody may ask. */
export type NeededRight =
  | Right
  | typeof SIGNED_IN
  | null
  | ((context: Pick<WebContext, 'registry'>) => Right);

/**
 * Answers a request of who holds the right; what `respond` throws becomes an error answer, in the form of `withErrors`.
 * What it asks of PostgreSQL by its context is stopped when the request is given up.
 */
export function answer(
  request: Request,
  needed: NeededRight,
  respond: (context: RequestContext) => Promise<Response>,
  withErrors: WithErrors = withJsonErrors,
): Promise<Response> {
  return withErrors(
    async () => {
      const context = getWebContext();
      context.requireBound();
      return measureQuery(context.metrics, request, () =>
        unlessGivenUp(request.signal, async () => {
          const right = typeof needed === 'function' ? needed(context) : needed;
          const principal =
            right === null ? nobody : await context.authorize(request.headers, right);
          return respond(context.forRequest(request.signal, principal));
        }),
      );
    },
    (error) => logFailure(error, request),
  );
}

/** Answers a GET request of who holds the right with the JSON of what `ask` finds for its parameters. */
export function answerQuery<Query>(
  request: Request,
  needed: NeededRight,
  schema: z.ZodType<Query>,
  ask: (context: RequestContext, query: Query) => Promise<unknown>,
): Promise<Response> {
  return answer(request, needed, async (context) => {
    const query = parseQuery(schema, new URL(request.url).searchParams);
    return toJsonAnswer(await ask(context, query));
  });
}

/**
 * The same for a route about one aggregate, whose id comes in its one form, for who may view its module. Throws AGGREGATE_TYPE_UNKNOWN, and AGGREGATE_NOT_FOUND for what can be no id.
 */
export async function answerAggregateQuery<Query>(
  request: Request,
  { params }: AggregateRoute,
  schema: z.ZodType<Query>,
  ask: (context: RequestContext, aggregateId: string, query: Query) => Promise<unknown>,
): Promise<Response> {
  const { type, id } = await params;
  const needed = ({ registry }: Pick<WebContext, 'registry'>) =>
    viewOfAggregateType(registry, type);
  return answerQuery(request, needed, schema, async (context, query) => {
    const aggregate = requireAggregate(context.registry.aggregates, toAggregateId(type, id));
    return ask(context, toAggregateId(type, requireOwnId(aggregate, id)), query);
  });
}

/** What fails because the request was given up is no failure. */
async function unlessGivenUp(
  signal: AbortSignal,
  respond: () => Promise<Response>,
): Promise<Response> {
  try {
    return await respond();
  } catch (error) {
    if (signal.aborted) {
      return new Response(null, { status: GIVEN_UP });
    }
    throw error;
  }
}

function logFailure(error: PlayheadError, request: Request): void {
  if (error.code === 'NOT_CONFIGURED') {
    return;
  }
  const { logger, outages } = getWebContext();
  outages.note(error);
  if (error.code === 'UNEXPECTED') {
    const { pathname } = new URL(request.url);
    logger.error({ err: error.cause, pathname }, 'A request failed unexpectedly');
  }
}
