import {
  EventBridgeClient,
  PutEventsCommand,
  type PutEventsResultEntry,
} from '@aws-sdk/client-eventbridge';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { toAwsClientOptions } from '#server/runtime/platform/aws-client-options.ts';
import type { Env } from '#server/runtime/platform/env.ts';
import type { DeliveryAnswer } from './decide-delivery.ts';
import { type BusEntry, toBusEntrySize } from './to-bus-entry.ts';
import { type TopicMessage, toTopicMessageSize } from './to-topic-message.ts';

/** SNS takes so much in a message, and EventBridge in a request. */
export const MOST_BYTES = 262_144;

const TAKEN = { status: 200, retryAfterSeconds: null };

/** SNS and EventBridge, as webhooks send to them. Nothing throws: why something was not taken is an answer. */
export type Outbound = {
  readonly publish: (message: TopicMessage, signal: AbortSignal) => Promise<DeliveryAnswer>;
  /** At most ten entries, with an answer for each, in their order. */
  readonly putEvents: (
    entries: readonly BusEntry[],
    signal: AbortSignal,
  ) => Promise<DeliveryAnswer[]>;
  readonly close: () => void;
};

type OutboundEnv = Pick<
  Env,
  'PLAYHEAD_OUTBOUND_ENDPOINT' | 'PLAYHEAD_OUTBOUND_REGION' | 'AWS_REGION'
>;

/** Connects to SNS and EventBridge; undefined where no PLAYHEAD_OUTBOUND_ENDPOINT is set. */
export function createOutbound(env: OutboundEnv): Outbound | undefined {
  const endpoint = env.PLAYHEAD_OUTBOUND_ENDPOINT;
  if (endpoint === undefined) {
    return undefined;
  }
  const region = env.PLAYHEAD_OUTBOUND_REGION ?? env.AWS_REGION;
  // A webhook tries again by itself, and says so in its log.
  const options = { ...toAwsClientOptions({ endpoint, region }), maxAttempts: 1 };
  const sns = new SNSClient(options);
  const eventBridge = new EventBridgeClient(options);
  return {
    publish: async (message, abortSignal) => {
      if (toTopicMessageSize(message) > MOST_BYTES) {
        return toTooLarge('SNS');
      }
      try {
        await sns.send(new PublishCommand(message), { abortSignal });
        return TAKEN;
      } catch (error) {
        return toFailure('SNS', error);
      }
    },
    putEvents: async (entries, abortSignal) => {
      if (entries.some((entry) => toBusEntrySize(entry) > MOST_BYTES)) {
        return entries.map(() => toTooLarge('EventBridge'));
      }
      try {
        const request = new PutEventsCommand({ Entries: [...entries] });
        const { Entries = [] } = await eventBridge.send(request, { abortSignal });
        return entries.map((_, index) => toEntryAnswer(Entries[index]));
      } catch (error) {
        return entries.map(() => toFailure('EventBridge', error));
      }
    },
    close: () => {
      sns.destroy();
      eventBridge.destroy();
    },
  };
}

/** An entry that was taken has an id, and one that was not the reason. */
function toEntryAnswer(entry: PutEventsResultEntry = {}): DeliveryAnswer {
  const { EventId, ErrorCode = 'no reason', ErrorMessage = '' } = entry;
  return EventId === undefined ? toRefused('EventBridge', ErrorCode, ErrorMessage) : TAKEN;
}

function toTooLarge(service: string): DeliveryAnswer {
  const error = `The event is larger than the ${MOST_BYTES / 1_024} KB that ${service} takes.`;
  return { error, refusal: 'certain' };
}

function toFailure(service: string, error: unknown): DeliveryAnswer {
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  return error instanceof Error && '$fault' in error
    ? toRefused(service, name, message)
    : { error: `${service} did not answer: ${message || name}.` };
}

/** Only what is wrong with the event is a refusal of it: a missing topic or right is put right, and loses nothing. */
function toRefused(service: string, code: string, message: string): DeliveryAnswer {
  const isOfEvent =
    /^(InvalidParameter|InvalidArgument|ParameterValueInvalid|Malformed|Validation)/;
  return {
    error: `${service} took nothing: ${code}${message && `, ${message}`}`,
    ...(isOfEvent.test(code) && { refusal: 'perhaps' as const }),
  };
}
