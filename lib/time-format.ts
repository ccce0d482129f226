/** Whose clock times are shown by. */
export type TimeZoneChoice = 'local' | 'utc';

/** How much of a time is shown: the day, the second, or the millisecond. */
export type TimePrecision = 'day' | 'second' | 'millisecond';

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

/**
 * An ISO 8601 time for people, by the reader's clock or UTC: "21 Nov 2026, 03:12:45". The text as it
 * came when it is not a time.
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
  const part = Object.fromEntries(
    getFormatter(zone)
      .formatToParts(time)
      .map(({ type, value }) => [type, value]),
  );
  const day = `${part.day} ${part.month} ${part.year}`;
  const clock = `${part.hour}:${part.minute}:${part.second}`;
  switch (precision) {
    case 'day':
      return day;
    case 'second':
      return `${day}, ${clock}`;
    case 'millisecond':
      return `${day}, ${clock}.${part.fractionalSecond}`;
  }
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
