import { z } from 'zod';
import { toAggregateId } from '#lib/aggregate-id.ts';
import { frameSchema, timelinePageSchema } from '#lib/contracts/queries.ts';
import { PlayheadError } from '#lib/playhead-error.ts';
import { requireAggregate } from '#server/runtime/event-store/load-state.ts';
import { sequenceSchema } from '#server/runtime/queries/parse-query.ts';
import type { RequestContext } from '../context.ts';
import { viewOfAggregateType } from '../identity/rights-of.ts';
import { getFramesAnswer } from '../queries/frames.ts';
import { findSequenceAt } from '../queries/sequence-at.ts';
import { getTimelinePage, timelineQuerySchema } from '../queries/timeline-page.ts';
import { requireOwnId } from '../require-own-id.ts';
import type { ApiCall, ApiEndpoint } from './api-endpoint.ts';
import { type ReadSpec, toReadEndpoint } from './read-endpoint.ts';

const toAggregateRight = ({ context, params }: ApiCall) =>
  viewOfAggregateType(context.registry, params.type ?? '');

/** Something of one aggregate, of whatever module. */
function readAggregate<Query, Answer>(
  spec: Omit<ReadSpec<Query, Answer>, 'toRight' | 'scope' | 'read'> & {
    readonly read: (context: RequestContext, aggregateId: string, query: Query) => Promise<Answer>;
  },
) {
  return toReadEndpoint({
    ...spec,
    toRight: toAggregateRight,
    scope: 'the right to view the aggregate’s module',
    read: (context, query, { type = '', id = '' }) => {
      const aggregate = requireAggregate(context.registry.aggregates, toAggregateId(type, id));
      return spec.read(context, toAggregateId(type, requireOwnId(aggregate, id)), query);
    },
  });
}

const stateQuerySchema = z.object({
  sequence: z.coerce.number().pipe(sequenceSchema).optional(),
  time: z.string().max(100).optional(),
});

/** An aggregate's state after an event, or as it was at a time; the newest without either. */
async function readState(
  { store }: RequestContext,
  aggregateId: string,
  { sequence, time }: z.output<typeof stateQuerySchema>,
) {
  const asked =
    time === undefined
      ? (sequence ?? (await store.getNewestSequence(aggregateId)))
      : (await findSequenceAt(store, aggregateId, { time })).sequence;
  const { frames, wall } = await getFramesAnswer(store, aggregateId, { from: asked, to: asked });
  const frame = frames.find((each) => each.sequence === asked);
  if (frame === undefined) {
    throw wall === null
      ? new PlayheadError('SEQUENCE_NOT_FOUND', `${aggregateId} has no event ${asked}.`, {
          field: 'sequence',
        })
      : new PlayheadError('EVENT_UNREADABLE', wall.sentence);
  }
  return frame;
}

/** What programs read of any aggregate: its events, and its states. */
export const AGGREGATE_ENDPOINTS: readonly ApiEndpoint[] = [
  readAggregate({
    path: '/aggregates/{type}/{id}/events',
    summary: 'Lists the events of an aggregate from the event store, newest first.',
    query: timelineQuerySchema,
    answer: timelinePageSchema,
    read: ({ store }, aggregateId, query) => getTimelinePage(store, aggregateId, query),
    toVersion: ({ version }) => version,
  }),
  readAggregate({
    path: '/aggregates/{type}/{id}/state',
    summary: 'Folds an aggregate: as it is, after an event, or as it was at a time.',
    query: stateQuerySchema,
    answer: frameSchema,
    read: readState,
    toVersion: ({ sequence }) => sequence,
  }),
];
