import type { DeliveredEvent } from '#server/runtime/event-store/delivered-event.ts';
import type { ConsumerName } from '#server/runtime/stream/consumer.ts';
import type { SpanFacts, TracedEvent, Tracing } from '#server/runtime/tracing/tracing.ts';
import { visibleAfterSeconds } from './visible-after.ts';

/** Of a batch the first are traced: more of them are a backlog, and would fill the exporter's queue. */
const MOST_TRACED = 200;

type Deliver<Result> = (events: readonly DeliveredEvent[]) => Promise<Result>;
type OnWritten = (events: readonly TracedIfRecent[], begunAt: number) => void;
type TracedIfRecent = DeliveredEvent | (TracedEvent & { readonly timestamp: string });

/** The worker's spans: one for each event and each place that it comes to. */
export type WorkerTracing = {
  /** A consumer's delivery, with a span for each event that has come from the stream. */
  readonly receiving: <Result>(consumer: ConsumerName, deliver: Deliver<Result>) => Deliver<Result>;
  readonly journalWritten: OnWritten;
  readonly viewWritten: (view: string, ...written: Parameters<OnWritten>) => void;
  readonly hotViewWritten: (view: string, ...written: Parameters<OnWritten>) => void;
};

/** Traces what is new. An event older than ten minutes is booked back in time, or is read again. */
export function createWorkerTracing(tracing: Tracing): WorkerTracing {
  const noteWritten = (
    place: string,
    system: string,
    attributes: SpanFacts['attributes'],
    ...[events, begunAt]: Parameters<OnWritten>
  ) =>
    tracing.noteWritten(
      {
        name: `write ${place}`,
        kind: 'CLIENT',
        attributes: { 'db.system.name': system, ...attributes },
      },
      toTraced(tracing, events),
      begunAt,
    );
  return {
    receiving: (consumer, deliver) => (events) =>
      tracing.receive(
        {
          name: `receive ${consumer}`,
          kind: 'CONSUMER',
          attributes: {
            'messaging.consumer.group.name': consumer,
            'messaging.batch.message_count': events.length,
          },
        },
        toTraced(tracing, events),
        () => deliver(events),
      ),
    journalWritten: (...written) => noteWritten('journal', 'postgresql', {}, ...written),
    viewWritten: (view, ...written) =>
      noteWritten(view, 'postgresql', { 'playhead.view.name': view }, ...written),
    hotViewWritten: (view, ...written) =>
      noteWritten(view, 'aws.dynamodb', { 'playhead.view.name': view }, ...written),
  };
}

/** Those of sampled traces, as far as they are recent: the others cost no span. */
function toTraced(
  { traceIdOf }: Pick<Tracing, 'traceIdOf'>,
  events: readonly TracedIfRecent[],
): TracedEvent[] {
  const now = Date.now();
  return events
    .slice(0, MOST_TRACED)
    .filter((event): event is TracedEvent & TracedIfRecent => 'correlationId' in event)
    .filter(({ timestamp }) => visibleAfterSeconds(timestamp, now) !== undefined)
    .filter(({ correlationId }) => traceIdOf(correlationId) !== null);
}
