import { PlayheadError } from '#lib/playhead-error.ts';
import { classifyDynamoError, isRefusedItem } from './dynamo-errors.ts';
import { toErrorSentence } from './error-sentence.ts';
import { blamePostgresError, rootCause } from './postgres-errors.ts';

/**
 * Why an event cannot be taken in, when no repetition will change it: its type is unknown, it cannot
 * be read, the event before it is missing, the journal holds another event in its place, a database
 * refuses what comes of it, or the code that handles it throws.
 */
export const FAILURE_CATEGORIES = [
  'unknown-type',
  'unreadable',
  'gap',
  'conflict',
  'constraint',
  'handler',
] as const;

export type FailureCategory = (typeof FAILURE_CATEGORIES)[number];

/** What is kept of a permanent failure. */
export type Failure = {
  readonly category: FailureCategory;
  readonly error: string;
  /** The same for the same mistake in other events: without ids and numbers. */
  readonly errorGroup: string;
  readonly stack: string | null;
};

/** What is known of the event that a failure is about. */
export type FailedEvent = {
  readonly aggregateId: string;
  readonly eventId?: string | undefined;
};

/** The cause of EVENT_UNREADABLE where a newer program, or one with more modules, can read the event. */
export class UnknownTypeError extends Error {}

const MAX_ERROR = 1_000;
/** An index is over it, whose keys end at 2,704 bytes. */
const MAX_GROUP = 500;
const MAX_STACK = 2_000;

/**
 * The failure behind an error, or `transient` when trying again may help, be it after somebody has
 * mended what concerns every event: connections, throttling, a missing table or permission.
 */
export function toFailure(error: unknown, event: FailedEvent): Failure | 'transient' {
  const category = categorize(error);
  if (category === 'transient') {
    return category;
  }
  const sentence = toErrorSentence(error);
  const root = rootCause(error);
  return {
    category,
    error: toStorable(sentence, MAX_ERROR),
    errorGroup: toStorable(toErrorGroup(sentence, event), MAX_GROUP),
    stack: root instanceof Error && root.stack ? toStorable(root.stack, MAX_STACK) : null,
  };
}

/** Whether an event is to blame for an error, and how; `transient` when it is not. */
export function categorize(error: unknown): FailureCategory | 'transient' {
  if (error instanceof PlayheadError) {
    if (error.cause instanceof UnknownTypeError) {
      return 'unknown-type';
    }
    return CATEGORY_BY_CODE[error.code] ?? 'transient';
  }
  const blame = blamePostgresError(error);
  if (blame !== undefined) {
    return blame === 'content' ? 'constraint' : 'transient';
  }
  if (isRefusedItem(error)) {
    return 'constraint';
  }
  const isOfAws = error instanceof Error && '$metadata' in error;
  return isOfAws || classifyDynamoError(error) === 'transient' ? 'transient' : 'handler';
}

const CATEGORY_BY_CODE: Partial<Record<PlayheadError['code'], FailureCategory>> = {
  EVENT_UNREADABLE: 'unreadable',
  SEQUENCE_GAP: 'gap',
  EVENT_CONFLICT: 'conflict',
};

function toErrorGroup(sentence: string, { aggregateId, eventId }: FailedEvent): string {
  const ids = [aggregateId, aggregateId.replace(/^[^#]*#/, ''), eventId ?? ''];
  return ids
    .filter((id) => id !== '')
    .reduce((text, id) => text.replaceAll(asWord(id), '…'), sentence)
    .replaceAll(/\d+/g, '#');
}

/** Finds `id` where it stands by itself: an id "B" is not in "Before". */
function asWord(id: string): RegExp {
  const escaped = id.replaceAll(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
  return new RegExp(`(?<![\\p{L}\\p{N}])${escaped}(?![\\p{L}\\p{N}])`, 'gu');
}

/** Bounded, and without NUL, which PostgreSQL's texts cannot hold. */
function toStorable(text: string, length: number): string {
  const safe = text.replaceAll('\0', '\uFFFD');
  const short = safe.length > length ? `${safe.slice(0, length - 1)}…` : safe;
  // A pair of surrogates that was cut in two becomes U+FFFD.
  return Buffer.from(short).toString();
}
