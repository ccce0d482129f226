import { Gauge, type Registry } from 'prom-client';
import { JOURNAL } from '#server/runtime/journal/dead-letters-table.ts';
import type { RegisteredViews } from '#server/runtime/registered.ts';

/** Aggregates that wait at dead letters, by projection, hot view or `journal`. */
export type Waiting = ReadonlyMap<string, number>;

/** What PostgreSQL knows when the metrics are read. */
export type PostgresFacts = {
  readonly projections: readonly {
    readonly name: string;
    /** Against the event store; null where that cannot be measured. */
    readonly eventsBehind: number | null;
    readonly secondsBehind: number | null;
  }[];
  readonly paused: ReadonlySet<string>;
  readonly waiting: Waiting;
  /** Aggregates of which the journal holds another event than the event store. */
  readonly conflicts: number;
};

/** What DynamoDB knows when the metrics are read. */
export type DynamoFacts = {
  readonly consumers: readonly {
    readonly name: string;
    /** Null where it cannot be measured. */
    readonly secondsBehind: number | null;
    readonly isPaused: boolean;
  }[];
  readonly waiting: Waiting;
};

export type StoreGauges = {
  /** What a store knows, in place of what was set before; null when it is silent. */
  readonly setPostgres: (facts: PostgresFacts | null) => void;
  readonly setDynamo: (facts: DynamoFacts | null) => void;
};

/** The gauges of what both stores know: lag, pauses and dead letters. */
export function createStoreGauges(
  registry: Registry,
  { views, hotViews }: RegisteredViews,
): StoreGauges {
  const ofPostgres = [JOURNAL, ...views.map(({ name }) => name)];
  const ofDynamo = hotViews.map(({ name }) => name);
  const gauge = <Label extends string>(name: string, help: string, label: Label) =>
    new Gauge({ name, help, labelNames: [label], registers: [registry] });
  const eventsBehind = gauge(
    'playhead_projection_lag_events',
    'Events of the event store that a projection does not hold yet',
    'projection',
  );
  const secondsBehind = gauge(
    'playhead_projection_lag_seconds',
    'For how long the oldest of these events has been waiting',
    'projection',
  );
  const paused = gauge(
    'playhead_projection_paused',
    'Whether an operator has paused a projection',
    'projection',
  );
  const waitingCount = gauge(
    'playhead_dead_letters',
    'Aggregates that wait at a dead letter in a projection',
    'projection',
  );
  const conflicts = gauge(
    'playhead_conflicts',
    'Aggregates of which the journal holds another event than the event store',
    'projection',
  );
  const consumerSeconds = gauge(
    'playhead_consumer_lag_seconds',
    'Age of the oldest event of the stream that a consumer has not delivered',
    'consumer',
  );
  const consumerPaused = gauge(
    'playhead_consumer_paused',
    'Whether an operator has paused a consumer',
    'consumer',
  );
  const storeUp = gauge(
    'playhead_store_up',
    'Whether a store answered when the metrics were read',
    'store',
  );
  const setWaiting = (names: readonly string[], waiting: Waiting | undefined) => {
    for (const projection of names) {
      if (waiting === undefined) {
        waitingCount.remove({ projection });
      } else {
        waitingCount.set({ projection }, waiting.get(projection) ?? 0);
      }
    }
  };

  return {
    setPostgres: (facts) => {
      storeUp.set({ store: 'postgresql' }, facts === null ? 0 : 1);
      for (const each of [eventsBehind, secondsBehind, paused, conflicts]) {
        each.reset();
      }
      for (const { name: projection, ...lag } of facts?.projections ?? []) {
        setKnown(eventsBehind, { projection }, lag.eventsBehind);
        setKnown(secondsBehind, { projection }, lag.secondsBehind);
        paused.set({ projection }, facts?.paused.has(projection) ? 1 : 0);
      }
      if (facts !== null) {
        conflicts.set({ projection: JOURNAL }, facts.conflicts);
      }
      setWaiting(ofPostgres, facts?.waiting);
    },
    setDynamo: (facts) => {
      storeUp.set({ store: 'dynamodb' }, facts === null ? 0 : 1);
      consumerSeconds.reset();
      consumerPaused.reset();
      for (const { name: consumer, secondsBehind: seconds, isPaused } of facts?.consumers ?? []) {
        setKnown(consumerSeconds, { consumer }, seconds);
        consumerPaused.set({ consumer }, isPaused ? 1 : 0);
      }
      setWaiting(ofDynamo, facts?.waiting);
    },
  };
}

/** What cannot be measured has no value: a series that is not there is no zero. */
function setKnown<Label extends string>(
  gauge: Gauge<Label>,
  labels: Record<Label, string>,
  value: number | null,
): void {
  if (value !== null) {
    gauge.set(labels, value);
  }
}
