import type { Trace } from '#lib/contracts/command-history.ts';
import type { WebContext } from '../context.ts';
import { getDeliveries } from './deliveries.ts';
import { findCommandsOf } from './find-commands.ts';
import { type OriginDeps, withOrigins } from './find-origins.ts';

/** So many events of a correlation are told of. */
const MOST_EVENTS = 200;

/** Everything of one correlation in the journal, and what the views have of it. Throws PostgreSQL's errors. */
export async function getTrace(
  deps: OriginDeps & Pick<WebContext, 'db' | 'dynamo' | 'store' | 'registry' | 'tracing'>,
  correlationId: string,
): Promise<Trace> {
  const { db, store } = deps;
  const { commands, isCut } = await db.transaction((tx) =>
    findCommandsOf(tx, store, correlationId, MOST_EVENTS),
  );
  const events = commands.flatMap((command) => command.events);
  const traceId = deps.tracing?.traceIdOf(correlationId) ?? null;
  const [known, views] = await Promise.all([
    withOrigins(deps, commands),
    getDeliveries(deps, events),
  ]);
  return { correlationId, traceId, commands: known, isCut, views };
}
