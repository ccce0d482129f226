import { findSameClock, formatOffset, type TimeZoneChoice } from '#lib/time-format.ts';

/** Where a reader wants to go: to a sequence, or to the last event at or before a time or a day's end. */
export type JumpTarget =
  | { readonly kind: 'sequence'; readonly sequence: number }
  | { readonly kind: 'time'; readonly time: string }
  | { readonly kind: 'unclear'; readonly problem: string };

const SEQUENCE = /^#?([\d,]+)$/;
const DAY = /^\d{4}-\d{2}-\d{2}$/;
const TIME =
  /^(\d{4}-\d{2}-\d{2})[T ]+(\d{1,2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?)\s*(Z|UTC|[+-]\d{2}:\d{2})?$/i;

/**
 * Reads "120", "2026-11-03" (a day, which comes back as it is) or "2026-11-03 14:00"; a time without a
 * zone is by the reader's clock, and unclear where that shows it twice or never. Times come back in ISO
 * 8601 in UTC.
 */
export function readJumpTarget(text: string, zone: TimeZoneChoice): JumpTarget {
  const trimmed = text.trim();
  const sequence = SEQUENCE.exec(trimmed)?.[1];
  if (sequence !== undefined) {
    return { kind: 'sequence', sequence: Number(sequence.replaceAll(',', '')) };
  }
  if (DAY.test(trimmed)) {
    return isDay(trimmed) ? { kind: 'time', time: trimmed } : UNCLEAR;
  }
  const [match, day = '', clock = '', offset] = TIME.exec(trimmed) ?? [];
  if (match === undefined || !isDay(day)) {
    return UNCLEAR;
  }
  // "9:05" is 09:05.
  const wall = `${day}T${clock.replace(/^\d:/, '0$&')}`;
  if (offset === undefined && zone === 'local') {
    return readByClock(wall);
  }
  const isUtc = offset === undefined || /^(?:Z|UTC)$/i.test(offset);
  return toTarget(Date.parse(`${wall}${isUtc ? 'Z' : offset}`));
}

const UNCLEAR: JumpTarget = {
  kind: 'unclear',
  problem:
    'Write a sequence such as 120, a day such as 2026-11-03, or a time such as 2026-11-03 14:00.',
};

function readByClock(wall: string): JumpTarget {
  const time = Date.parse(wall);
  if (Number.isNaN(time)) {
    return UNCLEAR;
  }
  const ahead = -new Date(time).getTimezoneOffset() * 60_000;
  if (Date.parse(`${wall}Z`) !== time + ahead) {
    return { kind: 'unclear', problem: 'Your clock was put forward past that time.' };
  }
  const moments = findSameClock(time);
  if (moments.length > 1) {
    const offsets = moments.map(formatOffset).join(' or ');
    const problem = `Your clock showed that time twice: write ${offsets} behind it.`;
    return { kind: 'unclear', problem };
  }
  return toTarget(time);
}

function toTarget(time: number): JumpTarget {
  return Number.isNaN(time) ? UNCLEAR : { kind: 'time', time: new Date(time).toISOString() };
}

function isDay(day: string): boolean {
  const time = Date.parse(`${day}T00:00:00.000Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(day);
}
