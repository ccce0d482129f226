import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { ErrorCode } from '#lib/playhead-error.ts';
import {
  createRetryCounter,
  LATENCY_BUCKETS,
  type RetryCounter,
} from '#server/platform/metrics.ts';
import type { FormCommand } from '../account-commands.ts';

/** `rejected`: the caller asked for what cannot be. `failed`: the house could not do it. */
export type CommandOutcome = 'accepted' | 'duplicate' | 'rejected' | 'failed';

export type EndedCommand = {
  readonly type: FormCommand['commandType'];
  readonly outcome: CommandOutcome;
  /** Why it was rejected or failed. */
  readonly code?: ErrorCode;
  readonly seconds: number;
};

export type AnsweredQuery = {
  /** The route's pattern, never an address with an account in it. */
  readonly route: string;
  readonly status: number;
  readonly seconds: number;
};

export type Store = 'dynamodb' | 'postgresql';

/** How far something is behind; events only where they can be counted. */
export type Lag = { readonly name: string; readonly events: number; readonly seconds: number };

export type WebMetrics = RetryCounter & {
  readonly registry: Registry;
  readonly commandEnded: (command: EndedCommand) => void;
  readonly queryAnswered: (query: AnsweredQuery) => void;
  /** The lag of what a store knows of, in place of what was set before; null when it is silent. */
  readonly setProjectionLag: (lag: readonly Lag[] | null) => void;
  readonly setConsumerLag: (lag: readonly Omit<Lag, 'events'>[] | null) => void;
};

/** What the web server counts, in a registry of its own; docs/metrics.md lists it. */
export function createWebMetrics(): WebMetrics {
  const registry = new Registry();
  const registers = [registry];
  const commands = new Counter({
    name: 'playhead_commands_total',
    help: 'Commands by outcome',
    labelNames: ['type', 'outcome', 'code'],
    registers,
  });
  const commandDuration = new Histogram({
    name: 'playhead_command_duration_seconds',
    help: 'From a command to its result',
    labelNames: ['type', 'outcome'],
    buckets: [...LATENCY_BUCKETS],
    registers,
  });
  const queryDuration = new Histogram({
    name: 'playhead_query_duration_seconds',
    help: 'From a request to its answer',
    labelNames: ['route', 'status'],
    buckets: [...LATENCY_BUCKETS],
    registers,
  });
  const projectionEvents = new Gauge({
    name: 'playhead_projection_lag_events',
    help: 'Events of the journal that a projection does not hold yet',
    labelNames: ['projection'],
    registers,
  });
  const projectionSeconds = new Gauge({
    name: 'playhead_projection_lag_seconds',
    help: 'For how long the oldest of these events has been in the journal',
    labelNames: ['projection'],
    registers,
  });
  const consumerSeconds = new Gauge({
    name: 'playhead_consumer_lag_seconds',
    help: 'Age of the oldest event of the stream that a consumer has not delivered',
    labelNames: ['consumer'],
    registers,
  });
  const storeUp = new Gauge({
    name: 'playhead_store_up',
    help: 'Whether a store answered when the metrics were read',
    labelNames: ['store'],
    registers,
  });
  const setUp = (store: Store, isUp: boolean) => storeUp.set({ store }, isUp ? 1 : 0);

  return {
    ...createRetryCounter(registry, ['commands', 'dynamodb']),
    registry,
    commandEnded: ({ type, outcome, code = '', seconds }) => {
      commands.inc({ type, outcome, code });
      commandDuration.observe({ type, outcome }, seconds);
    },
    queryAnswered: ({ route, status, seconds }) =>
      queryDuration.observe({ route, status }, seconds),
    setProjectionLag: (lag) => {
      setUp('postgresql', lag !== null);
      projectionEvents.reset();
      projectionSeconds.reset();
      for (const { name, events, seconds } of lag ?? []) {
        projectionEvents.set({ projection: name }, events);
        projectionSeconds.set({ projection: name }, seconds);
      }
    },
    setConsumerLag: (lag) => {
      setUp('dynamodb', lag !== null);
      consumerSeconds.reset();
      for (const { name, seconds } of lag ?? []) {
        consumerSeconds.set({ consumer: name }, seconds);
      }
    },
  };
}
