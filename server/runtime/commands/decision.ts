import type { RejectionCode } from '#lib/playhead-error.ts';
import type { DomainEvent } from '../event-store/recorded-event.ts';

/** Why a command was refused: expected, so it is data; the message holds the numbers. */
export type Rejection = {
  readonly kind: 'rejected';
  readonly code: RejectionCode;
  readonly message: string;
  /** The input that the rejection is about. */
  readonly field?: string;
};

/** Events that a command brings about, all at one moment (`timestamp`, ISO 8601 in UTC); none where nothing changes. */
export type Accepted = {
  readonly kind: 'accepted';
  readonly timestamp: string;
  /** By aggregate id; each list, where it is not empty, is appended to that aggregate's history, all in one transaction. */
  readonly events: ReadonlyMap<string, readonly DomainEvent[]>;
};

export type Decision = Accepted | Rejection;

/** Lets events of one aggregate happen at `timestamp`; none where nothing changes. */
export function accept(
  timestamp: string,
  aggregateId: string,
  ...events: readonly DomainEvent[]
): Accepted {
  return { kind: 'accepted', timestamp, events: new Map([[aggregateId, events]]) };
}

/** Refuses with a code and a sentence. */
export function reject(code: RejectionCode, message: string, field?: string): Rejection {
  return { kind: 'rejected', code, message, ...(field === undefined ? {} : { field }) };
}
