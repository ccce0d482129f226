import { isStuck } from '#server/runtime/platform/stuck.ts';

/**
 * paused: by an operator. outdated: its tables hold another version than the code, and wait for a
 * rebuild. down: no worker runs it. stuck: an error is being retried for ten seconds or more.
 * rebuilding: a new generation is being filled beside the one that serves. blocked: some aggregates
 * wait at dead letters, all others go on. unknown: the workers' reports cannot be read.
 */
export type ProjectionStatusKind =
  | 'running'
  | 'stuck'
  | 'blocked'
  | 'paused'
  | 'outdated'
  | 'rebuilding'
  | 'down'
  | 'unknown';

export type ProjectionStatus = {
  readonly kind: ProjectionStatusKind;
  /** Why it is not simply running, as a sentence; of `running`, the error that is being retried. */
  readonly reason: string | null;
  /** Since when, ISO 8601, where that is known. */
  readonly since: string | null;
};

/** What a worker says of its projector of this projection. */
export type ProjectorReport = {
  readonly workerId: string;
  readonly error: string | null;
  readonly errorSince: string | null;
};

export type ProjectionFacts = {
  readonly codeVersion: number;
  /** Of the tables; null before the projection's first start. */
  readonly storedVersion: number | null;
  readonly paused: {
    readonly at: string;
    readonly by: string;
    readonly reason: string | null;
  } | null;
  readonly isRebuilding: boolean;
  /** Aggregates that wait, and since when the first one does. */
  readonly deadLetters: { readonly count: number; readonly since: string | null };
  /** The worker that has the claim now. */
  readonly claimedBy: string | null;
  /** Of the workers that live; undefined when their reports cannot be read. */
  readonly reports: readonly ProjectorReport[] | undefined;
  readonly now: Date;
};

/** How a projection fares: the first of these that holds. Pure. */
export function toProjectionStatus(facts: ProjectionFacts): ProjectionStatus {
  const { paused, storedVersion, codeVersion, isRebuilding, deadLetters, claimedBy, reports } =
    facts;
  if (paused !== null) {
    const reason = paused.reason === null ? '' : `: ${paused.reason}`;
    return { kind: 'paused', reason: `Paused by ${paused.by}${reason}`, since: paused.at };
  }
  if (storedVersion !== null && storedVersion !== codeVersion && !isRebuilding) {
    const reason =
      `Its tables hold version ${storedVersion}, the code is version ${codeVersion}: ` +
      'rebuild it.';
    return { kind: 'outdated', reason, since: null };
  }
  if (reports?.length === 0 && claimedBy === null) {
    return { kind: 'down', reason: 'No worker runs it.', since: null };
  }
  // Others stand by; what they say counts when nobody has the claim.
  const report =
    reports?.find(({ workerId }) => workerId === claimedBy) ??
    reports?.find(({ error }) => error !== null);
  const error = { reason: report?.error ?? null, since: report?.errorSince ?? null };
  if (isStuck(error.since, facts.now)) {
    return { kind: 'stuck', ...error };
  }
  if (isRebuilding) {
    return { kind: 'rebuilding', ...error };
  }
  if (reports === undefined && claimedBy === null) {
    const reason = 'The workers’ reports cannot be read.';
    return { kind: 'unknown', reason, since: null };
  }
  if (deadLetters.count > 0) {
    const waiting =
      deadLetters.count === 1 ? '1 aggregate waits' : `${deadLetters.count} aggregates wait`;
    return { kind: 'blocked', reason: `${waiting} at dead letters.`, since: deadLetters.since };
  }
  return { kind: 'running', ...error };
}
