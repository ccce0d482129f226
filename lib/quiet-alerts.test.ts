import { describe, expect, it } from 'vitest';
import type { AlertResponse } from './contracts/alerts.ts';
import type { Cause, ViewFreshness } from './contracts/system.ts';
import { findQuietResponse, toResponseChanges } from './quiet-alerts.ts';
import type { Alert } from './to-alerts.ts';

const now = Date.parse('2026-11-26T12:00:00.000Z');
const cause: Cause = { id: 'c', kind: 'waits', events: [], count: 3 };
const events = (size: number): Alert => ({ id: 'c', kind: 'events', size, cause });
const view: ViewFreshness = {
  view: 'accounts',
  state: 'behind',
  eventsBehind: 9,
  atLeast: false,
  behindSince: null,
  thresholdSeconds: 30,
  reason: null,
  since: null,
};
const late = (size: number): Alert => {
  return { id: 'late accounts', kind: 'late', size, view, thresholdSeconds: 30 };
};
const acknowledged = (alert: Alert, more: Partial<AlertResponse> = {}): AlertResponse => ({
  alert: alert.id,
  title: 'A-1 waits at event 3',
  seen: alert.size,
  by: 'olga',
  at: '2026-11-26T11:00:00.000Z',
  reason: 'Ticket 7',
  until: null,
  ...more,
});
const snoozed = (alert: Alert, until: string) => acknowledged(alert, { until });
const isQuiet = (alert: Alert, response: AlertResponse) =>
  findQuietResponse(alert, [response], now) === response;

describe('findQuietResponse', () => {
  it('given an acknowledgement, the alert is quiet until it grows', () => {
    const response = acknowledged(events(3));
    expect(isQuiet(events(3), response)).toBe(true);
    expect(isQuiet(events(2), response)).toBe(true);
    expect(isQuiet(events(4), response)).toBe(false);
    expect(findQuietResponse({ ...events(3), id: 'd' }, [response], now)).toBeNull();
  });

  it('given an acknowledged lag, it is worse when it has doubled', () => {
    const response = acknowledged(late(40));
    expect([79, 80].map((size) => isQuiet(late(size), response))).toEqual([true, false]);
  });

  it('given a snooze, the alert is quiet until its time, or until it grows', () => {
    const response = snoozed(events(3), '2026-11-26T12:00:01.000Z');
    expect([events(3), events(4)].map((alert) => isQuiet(alert, response))).toEqual([true, false]);
    expect(isQuiet(events(3), snoozed(events(3), '2026-11-26T12:00:00.000Z'))).toBe(false);
  });

  it('given that a database or the worker is down, nothing makes that quiet', () => {
    for (const kind of ['dynamodb', 'postgresql', 'worker'] as const) {
      const alert: Alert = { id: kind, kind, size: 1 };
      expect(isQuiet(alert, acknowledged(alert))).toBe(false);
    }
  });
});

describe('toResponseChanges', () => {
  const changes = (response: AlertResponse, alerts: readonly Alert[]) =>
    toResponseChanges([response], alerts, now);

  it('given that the alert is over, ends its acknowledgement and keeps its snooze', () => {
    const [kept, past] = ['13', '11'].map((hour) =>
      snoozed(events(3), `2026-11-26T${hour}:00:00.000Z`),
    );
    const ended = [acknowledged(events(3)), past].map((each) => each && changes(each, []).ended);
    expect(ended).toEqual([[acknowledged(events(3))], [past]]);
    expect(kept && changes(kept, [])).toEqual({ ended: [], lowered: [] });
  });

  it('given that the alert is worse, ends both', () => {
    for (const until of [null, '2026-11-26T13:00:00.000Z']) {
      const response = acknowledged(events(3), { until });
      expect(changes(response, [events(4)]).ended).toEqual([response]);
    }
  });

  it('given fewer events, counts from there; a lag moves all the time', () => {
    const response = acknowledged(events(3));
    expect(changes(response, [events(1)])).toEqual({ ended: [], lowered: [{ response, seen: 1 }] });
    expect(changes(acknowledged(late(40)), [late(35)]).lowered).toEqual([]);
  });
});
