/** Whose clock times are shown by. */
export type TimeZoneChoice = 'local' | 'utc';

/** How much of a time is shown: the second, or the millisecond. */
export type TimePrecision = 'second' | 'millisecond';

type Unit = { readonly name: Intl.RelativeTimeFormatUnit; readonly seconds: number };

const UNITS: readonly Unit[] = [
  { name: 'year', seconds: 31_557_600 },
  { name: 'month', seconds: 2_629_800 },
  { name: 'day', seconds: 86_400 },
  { name: 'hour', seconds: 3_600 },
  { name: 'minute', seconds: 60 },
  { name: 'second', seconds: 1 },
];

const RELATIVE = new Intl.RelativeTimeFormat('en', { numeric: 'always' });

const FORMATTERS = new Map<TimeZoneChoice, Intl.DateTimeFormat>();

/** Longer than any two turns of the clock are near each other, shorter than any two are far. */
const AROUND_MS = 25 * 3_600_000;

/**
 * The calendar day of an event, for people: "21 Nov 2026". The bank's days are UTC's, whoever looks, as
 * its daily balances are; a day as such ("2026-11-21") is itself. The text as it came when it is neither.
 */
export function formatDay(iso: string): string {
  const time = Date.parse(iso);
  return Number.isNaN(time) ? iso : formatParts(time, 'utc').day;
}

/**
 * An ISO 8601 time for people, by the reader's clock or UTC: "21 Nov 2026, 03:12:45". Where the reader's
 * clock shows that time twice, its offset is there: "25 Oct 2026, 02:30:00 +02:00". The text as it came
 * when it is not a time.
 */
export function formatTime(
  iso: string,
  zone: TimeZoneChoice,
  precision: TimePrecision = 'second',
): string {
  const time = Date.parse(iso);
  if (Number.isNaN(time)) {
    return iso;
  }
  const { day, clock, fraction } = formatParts(time, zone);
  const shown = precision === 'millisecond' ? `${clock}.${fraction}` : clock;
  return `${day}, ${shown}${toOffsetNote(time, zone)}`;
}

/** The clock alone: "03:12:45", with the offset where it shows that twice. */
export function formatClock(time: number, zone: TimeZoneChoice): string {
  return `${formatParts(time, zone).clock}${toOffsetNote(time, zone)}`;
}

/** The moments at which the reader's clock shows what it shows at `time`: one, or two where it is put back. */
export function findSameClock(time: number): number[] {
  const wall = time - offsetMs(time);
  const offsets = new Set([time - AROUND_MS, time, time + AROUND_MS].map(offsetMs));
  return [...offsets]
    .map((offset) => wall + offset)
    .filter((other) => other - offsetMs(other) === wall)
    .sort((a, b) => a - b);
}

/** What the reader's clock is from UTC at a time: "+02:00". */
export function formatOffset(time: number): string {
  const ahead = -offsetMs(time);
  const minutes = Math.floor(Math.abs(ahead) / 60_000);
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60].map((n) =>
    `${n}`.padStart(2, '0'),
  );
  return `${ahead < 0 ? '-' : '+'}${hours}:${rest}`;
}

function toOffsetNote(time: number, zone: TimeZoneChoice): string {
  return zone === 'local' && findSameClock(time).length > 1 ? ` ${formatOffset(time)}` : '';
}

/** UTC less the reader's clock, in milliseconds. */
function offsetMs(time: number): number {
  return Math.round(new Date(time).getTimezoneOffset() * 60_000);
}

function formatParts(time: number, zone: TimeZoneChoice) {
  const part = Object.fromEntries(
    getFormatter(zone)
      .formatToParts(time)
      .map(({ type, value }) => [type, value]),
  );
  return {
    day: `${part.day} ${part.month} ${part.year}`,
    clock: `${part.hour}:${part.minute}:${part.second}`,
    fraction: part.fractionalSecond,
  };
}

/** How long before or after `now` (milliseconds since 1970) a time is: "3 minutes ago". */
export function formatRelative(iso: string, now: number): string {
  const seconds = (Date.parse(iso) - now) / 1_000;
  if (Number.isNaN(seconds)) {
    return iso;
  }
  const unit = UNITS.find((candidate) => Math.abs(seconds) >= candidate.seconds);
  return unit ? RELATIVE.format(Math.trunc(seconds / unit.seconds), unit.name) : 'just now';
}

/** A span in seconds for people: "0.4 s", "12 s", "3 min 5 s", "2 h 10 min", "4 d 3 h". */
export function formatSpan(seconds: number): string {
  if (seconds < 10) {
    return `${Number(seconds.toFixed(1))} s`;
  }
  const whole = Math.round(seconds);
  if (whole < 60) {
    return `${whole} s`;
  }
  if (whole < 3_600) {
    return join(whole, 60, 'min', 1, 's');
  }
  return whole < 86_400 ? join(whole, 3_600, 'h', 60, 'min') : join(whole, 86_400, 'd', 3_600, 'h');
}

function join(total: number, big: number, bigName: string, small: number, smallName: string) {
  const rest = Math.floor((total % big) / small);
  const head = `${Math.floor(total / big)} ${bigName}`;
  return rest === 0 ? head : `${head} ${rest} ${smallName}`;
}

/** Making a DateTimeFormat costs more than a thousand uses of it, so each is made once. */
function getFormatter(zone: TimeZoneChoice): Intl.DateTimeFormat {
  const known = FORMATTERS.get(zone);
  if (known) {
    return known;
  }
  const made = new Intl.DateTimeFormat('en', {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    fractionalSecondDigits: 3,
    hourCycle: 'h23',
    ...(zone === 'utc' ? { timeZone: 'UTC' } : {}),
  });
  FORMATTERS.set(zone, made);
  return made;
}
