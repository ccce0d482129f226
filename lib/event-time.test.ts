import { describe, expect, it } from 'vitest';
import { toEventTime } from './event-time.ts';

describe('the time of an event', () => {
  it('is the present, or the last event’s where that is later', () => {
    const at = '2026-05-01T12:00:00.000Z';
    expect(toEventTime(at)).toBe(at);
    expect(toEventTime(at, '2026-05-01T11:00:00.000Z')).toBe(at);
    expect(toEventTime(at, '2026-05-01T12:00:01.000Z')).toBe('2026-05-01T12:00:01.000Z');
  });
});
