import { Counter, Histogram, Registry } from 'prom-client';
import type { ErrorCode } from '#lib/playhead-error.ts';
import {
  createDroppedLogLinesCounter,
  createRetryCounter,
  LATENCY_BUCKETS,
  type RetryCounter,
} from '#server/runtime/platform/metrics.ts';
import type { RegisteredViews } from '#server/runtime/registered.ts';
import type { FormCommand } from '../form-command.ts';
import { createStoreGauges, type StoreGauges } from './store-gauges.ts';

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

export type WebMetrics = RetryCounter &
  StoreGauges & {
    readonly registry: Registry;
    readonly commandEnded: (command: EndedCommand) => void;
    readonly queryAnswered: (query: AnsweredQuery) => void;
  };

/** What the web server counts, in a registry of its own; docs/metrics.md lists it. */
export function createWebMetrics(registered: RegisteredViews): WebMetrics {
  const registry = new Registry();
  const registers = [registry];
  createDroppedLogLinesCounter(registry);
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
  return {
    ...createStoreGauges(registry, registered),
    ...createRetryCounter(registry, ['commands', 'dynamodb']),
    registry,
    commandEnded: ({ type, outcome, code = '', seconds }) => {
      commands.inc({ type, outcome, code });
      commandDuration.observe({ type, outcome }, seconds);
    },
    queryAnswered: ({ route, status, seconds }) =>
      queryDuration.observe({ route, status }, seconds),
  };
}
