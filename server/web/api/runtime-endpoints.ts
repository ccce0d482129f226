import { z } from 'zod';
import { toAggregateId } from '#lib/aggregate-id.ts';
import { commandsPageSchema } from '#lib/contracts/command-history.ts';
import { deadLettersSchema } from '#lib/contracts/dead-letters.ts';
import {
  consumerLagSchema,
  eventDetailSchema,
  eventsPageSchema,
  frameSchema,
  projectionLagSchema,
  timelinePageSchema,
} from '#lib/contracts/queries.ts';
import { rebuildsSchema } from '#lib/contracts/rebuilds.ts';
import { viewFreshnessSchema } from '#lib/contracts/system.ts';
import { PlayheadError } from '#lib/playhead-error.ts';
import { holdsRight, type Right, toRightText, VIEW_ALL, VIEW_ANY } from '#lib/rights.ts';
import { requireAggregate } from '#server/runtime/event-store/load-state.ts';
import { parseQuery, sequenceSchema, toSearchText } from '#server/runtime/queries/parse-query.ts';
import { commandsQuerySchema, getCommandsPage } from '../commands/commands-page.ts';
import type { RequestContext } from '../context.ts';
import { viewOfAggregateType } from '../identity/rights-of.ts';
import { getConsumerLagAnswer } from '../queries/consumer-lag.ts';
import { deadLettersQuerySchema, getDeadLetters } from '../queries/dead-letters.ts';
import { getEventDetail } from '../queries/event-detail.ts';
import { eventsQuerySchema, getEventsPage, isCounted } from '../queries/events-page.ts';
import { getFramesAnswer } from '../queries/frames.ts';
import { getProjectionLagAnswer } from '../queries/projection-lag.ts';
import { getRebuildsAnswer, rebuildsQuerySchema } from '../queries/rebuilds.ts';
import { findSequenceAt } from '../queries/sequence-at.ts';
import { getTimelinePage, timelineQuerySchema } from '../queries/timeline-page.ts';
import { requireOwnId } from '../require-own-id.ts';
import type { ApiCall, ApiEndpoint } from './api-endpoint.ts';
import { createEventStream, streamQuerySchema } from './event-stream.ts';
import { type ReadSpec, toOperationId, toReadEndpoint, toSchema } from './read-endpoint.ts';

const NO_QUERY = z.object({});

/** Something that mixes modules, or is of none. */
function read<Query, Answer>(
  spec: Omit<ReadSpec<Query, Answer>, 'toRight' | 'scope'>,
  right: Right,
) {
  return toReadEndpoint({
    ...spec,
    toRight: () => right,
    scope: `the scope ${toRightText(right)}`,
  });
}

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

/** Every event as it comes: its right is asked for again while the stream is open. */
const eventStreamEndpoint: ApiEndpoint = {
  method: 'GET',
  path: '/events/stream',
  summary: 'Streams events as they come (server-sent events), and resumes behind Last-Event-ID.',
  operationId: toOperationId('/events/stream'),
  toRight: () => VIEW_ALL,
  scope: `the scope ${toRightText(VIEW_ALL)}`,
  query: toSchema(streamQuerySchema, 'input'),
  status: 200,
  answer: { type: 'string' },
  mediaType: 'text/event-stream',
  respond: ({ context, request }) => {
    const query = parseQuery(streamQuerySchema, new URL(request.url).searchParams);
    return createEventStream(context, request, query, async () => {
      const { name, scopes } = await context.checkToken(request.headers.get('authorization'));
      if (!holdsRight(scopes, VIEW_ALL)) {
        throw new PlayheadError('SCOPE_MISSING', `The token “${name}” may see this no more.`);
      }
    });
  },
};

/** What programs read of the runtime itself: the events, and how they are delivered. */
export const RUNTIME_ENDPOINTS: readonly ApiEndpoint[] = [
  read(
    {
      path: '/events',
      summary: 'Lists the events of all modules, newest first: searched and narrowed.',
      query: eventsQuerySchema,
      answer: eventsPageSchema,
      read: ({ db, scans, store }, query) =>
        getEventsPage(isCounted(query) ? db : scans, store, query),
    },
    VIEW_ALL,
  ),
  eventStreamEndpoint,
  read(
    {
      path: '/events/{eventId}',
      summary: 'Reads an event: as it was read, as it lies in the store, and its neighbours.',
      query: NO_QUERY,
      answer: eventDetailSchema,
      read: (context, _, { eventId = '' }) => getEventDetail(context, toSearchText(eventId)),
    },
    VIEW_ALL,
  ),
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
  read(
    {
      path: '/commands',
      summary: 'Lists commands with their outcomes, newest first.',
      query: commandsQuerySchema,
      answer: commandsPageSchema,
      read: getCommandsPage,
    },
    VIEW_ALL,
  ),
  read(
    {
      path: '/lag/projections',
      summary: 'Reads how far the projections of PostgreSQL are behind.',
      query: NO_QUERY,
      answer: projectionLagSchema.extend({ freshness: z.array(viewFreshnessSchema) }),
      read: ({ systemWatch }) => getProjectionLagAnswer(systemWatch),
    },
    VIEW_ANY,
  ),
  read(
    {
      path: '/lag/consumers',
      summary: 'Reads how far the consumers of the stream are behind.',
      query: NO_QUERY,
      answer: consumerLagSchema,
      read: ({ systemWatch }) => getConsumerLagAnswer(systemWatch),
    },
    VIEW_ANY,
  ),
  read(
    {
      path: '/dead-letters',
      summary: 'Lists events that failed for good, in groups of one mistake.',
      query: deadLettersQuerySchema,
      answer: deadLettersSchema,
      read: ({ scans, dynamo, store, registry }, query) =>
        getDeadLetters({ db: scans, dynamo, store, registered: registry }, query),
    },
    VIEW_ALL,
  ),
  read(
    {
      path: '/rebuilds',
      summary: 'Lists the rebuilds of a projection, newest first.',
      query: rebuildsQuerySchema,
      answer: rebuildsSchema,
      read: getRebuildsAnswer,
    },
    VIEW_ALL,
  ),
];
