import { describe, expect, it } from 'vitest';
import type { Trace } from '#lib/contracts/command-history.ts';
import { toTraceOutline } from './to-trace-outline.ts';

const event = (eventId: string, aggregateId: string) => ({
  position: 1,
  eventId,
  aggregateId,
  eventSequence: 1,
  eventType: 'Happened',
  eventData: {},
  correlationId: 'c',
  causationId: 'x',
  timestamp: '2026-01-01T00:00:00.000Z',
  version: 1,
  metadata: { actor: 'ada', commandId: 'x', commandType: 'Do' },
});
const view = (name: string, aggregateType: string) => ({
  view: name,
  aggregateType,
  database: 'PostgreSQL' as const,
  state: 'done' as const,
  position: 1,
  note: null,
});

describe('a trace’s outline', () => {
  it('leads from commands to their events, and from these to the views of their type', () => {
    const trace: Trace = {
      correlationId: 'c',
      traceId: null,
      isCut: false,
      commands: [
        {
          id: 'x',
          commandId: 'x',
          commandType: 'Do',
          actor: 'ada',
          outcome: 'accepted',
          origin: 'recorded',
          at: '2026-01-01T00:00:00.000Z',
          aggregateIds: ['account#A', 'user#U'],
          correlationId: 'c',
          events: [event('1', 'account#A'), event('2', 'user#U')],
          rule: null,
          missed: 0,
        },
      ],
      views: [view('accounts', 'account'), view('users', 'user')],
    };
    const { nodes, edges } = toTraceOutline(trace);
    expect(nodes.map(({ id }) => id)).toEqual([
      'command x',
      'event 1',
      'event 2',
      'view accounts',
      'view users',
    ]);
    expect(edges.map(({ source, target }) => `${source} → ${target}`)).toEqual([
      'command x → event 1',
      'command x → event 2',
      'event 1 → view accounts',
      'event 2 → view users',
    ]);
  });
});
