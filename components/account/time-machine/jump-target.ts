import type { TimeZoneChoice } from '#lib/time-format.ts';

/** Where a reader wants to go: to a sequence, or to the last event at or before a time. */
export type JumpTarget =
  | { readonly kind: 'sequence'; readonly sequence: number }
  | { readonly kind: 'time'; readonly time: string }
  | { readonly kind: 'unclear'; readonly problem: string };

const SEQUENCE = /^#?([\d,]+)$/;
const TIME = /^(\d{4}-\d{2}-\d{2})(?:[T ]+(\d{1,2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?))?\s*(Z|UTC)?$/i;

/**
 * Reads "120", "2026-11-03" (the end of that day) or "2026-11-03 14:00"; a time without a zone is by
 * the reader's clock. Times come back in ISO 8601 in UTC.
 */
export function readJumpTarget(text: string, zone: TimeZoneChoice): JumpTarget {
  const trimmed = text.trim();
  const sequence = SEQUENCE.exec(trimmed)?.[1];
  if (sequence !== undefined) {
    return { kind: 'sequence', sequence: Number(sequence.replaceAll(',', '')) };
  }
  const [match, day, clock, utc] = TIME.exec(trimmed) ?? [];
  const isUtc = utc !== undefined || zone === 'utc';
  const time = new Date(`${day}T${toClock(clock)}${isUtc ? 'Z' : ''}`);
  return match === undefined || Number.isNaN(time.getTime())
    ? {
        kind: 'unclear',
        problem: 'Write a sequence such as 120, or a time such as 2026-11-03 14:00.',
      }
    : { kind: 'time', time: time.toISOString() };
}

/** "9:05" is 09:05; a day alone is meant to its end. */
function toClock(clock: string | undefined): string {
  return clock === undefined ? '23:59:59.999' : clock.replace(/^\d:/, '0$&');
}
