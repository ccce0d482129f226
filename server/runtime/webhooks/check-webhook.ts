import { PlayheadError } from '#lib/playhead-error.ts';
import { parseWebhookTarget, TARGET_LABELS, type WebhookTarget } from '#lib/webhook-target.ts';

/** What there is to send, and where to. */
export type Reach = {
  /** Whether workers reach SNS and EventBridge; without it, no webhook may send there. */
  readonly reachesAws: boolean;
  /** The types of aggregates of which modules publish entities. */
  readonly entityTypes: readonly string[];
};

/** Nothing but events, by HTTP. */
export const NO_REACH: Reach = { reachesAws: false, entityTypes: [] };

type Filter = {
  readonly aggregateTypes: readonly string[];
  readonly eventTypes: readonly string[];
};

/** Where a webhook is to send. Throws INVALID_INPUT for what is no address, and for one that is not reached. */
export function requireTarget(url: string, { reachesAws }: Reach): WebhookTarget {
  const target = parseWebhookTarget(url);
  if (target === undefined) {
    throw toRefusedUrl(
      'A webhook’s address is https://…, http://…, sns:<ARN of a FIFO topic>, eventbridge:<name of a bus> or eventbridge:<ARN of a bus>.',
    );
  }
  if (target.kind === 'http' && (target.url.username !== '' || target.url.password !== '')) {
    throw toRefusedUrl(
      'An address with a password would be seen by everybody who sees the webhook.',
    );
  }
  if (target.kind !== 'http' && !reachesAws) {
    const label = TARGET_LABELS[target.kind];
    throw toRefusedUrl(
      `Playhead reaches no ${label}: set PLAYHEAD_OUTBOUND_ENDPOINT and restart it.`,
    );
  }
  return target;
}

/**
 * Of which entities a webhook is sent: of all kinds, or of those that are named. An event that is left out would be
 * missing in what the next one changed: throws INVALID_INPUT for types of events, and for what no module publishes.
 */
export function toEntityFilter(
  { aggregateTypes, eventTypes }: Filter,
  { entityTypes }: Reach,
): Filter {
  if (eventTypes.length > 0) {
    const sentence =
      'Entities are sent whatever type the event has: name types of aggregates alone.';
    throw new PlayheadError('INVALID_INPUT', sentence, { field: 'eventTypes' });
  }
  const unknown = aggregateTypes.find((type) => !entityTypes.includes(type));
  if (unknown !== undefined || entityTypes.length === 0) {
    const sentence = `No module publishes entities of ${unknown ?? 'anything'}. There are: ${entityTypes.join(', ')}.`;
    throw new PlayheadError('INVALID_INPUT', sentence, { field: 'aggregateTypes' });
  }
  return { eventTypes, aggregateTypes: aggregateTypes.length > 0 ? aggregateTypes : entityTypes };
}

/** The error for an address that a webhook cannot have. */
export function toRefusedUrl(sentence: string): PlayheadError {
  return new PlayheadError('INVALID_INPUT', sentence, { field: 'url' });
}
