import { z } from 'zod';
import { commandsPageSchema } from '#lib/contracts/command-history.ts';
import { deadLettersSchema } from '#lib/contracts/dead-letters.ts';
import {
  consumerLagSchema,
  eventDetailSchema,
  eventsPageSchema,
  projectionLagSchema,
} from '#lib/contracts/queries.ts';
import { rebuildsSchema } from '#lib/contracts/rebuilds.ts';
import { viewFreshnessSchema } from '#lib/contracts/system.ts';
import { PlayheadError } from '#lib/playhead-error.ts';
import { holdsRight, type Right, toRightText, VIEW_ALL, VIEW_ANY } from '#lib/rights.ts';
import { parseQuery, toSearchText } from '#server/runtime/queries/parse-query.ts';
import { commandsQuerySchema, getCommandsPage } from '../commands/commands-page.ts';
import { getConsumerLagAnswer } from '../queries/consumer-lag.ts';
import { deadLettersQuerySchema, getDeadLetters } from '../queries/dead-letters.ts';
import { getEventDetail } from '../queries/event-detail.ts';
import { getEventsPage } from '../queries/events-page.ts';
import { eventsQuerySchema, isCounted } from '../queries/events-query.ts';
import { getProjectionLagAnswer } from '../queries/projection-lag.ts';
import { getRebuildsAnswer, rebuildsQuerySchema } from '../queries/rebuilds.ts';
import { AGGREGATE_ENDPOINTS } from './aggregate-endpoints.ts';
import type { ApiEndpoint } from './api-endpoint.ts';
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
  ...AGGREGATE_ENDPOINTS,
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
