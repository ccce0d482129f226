import type { DeliveryState, JourneyStep, ViewDelivery } from '#lib/contracts/command-history.ts';

/** What is known of a command's way; times in epoch milliseconds by one clock. */
export type KnownWay = {
  readonly startedAt: number | undefined;
  readonly acceptedAt: number | undefined;
  /** Known of commands that this process carried out. */
  readonly storedAt: number | undefined;
  /** Absent for a command without events. */
  readonly journal?: { readonly state: DeliveryState; readonly at: number | undefined };
  readonly views: readonly (ViewDelivery & { readonly at: number | undefined })[];
};

/**
 * The stations of a command's way, each in milliseconds after its beginning. A time that nobody recorded is
 * none, and so is one before the beginning: then two clocks disagree, which a note says. Pure.
 */
export function toSteps({
  startedAt,
  acceptedAt,
  storedAt,
  journal,
  views,
}: KnownWay): JourneyStep[] {
  const step = (
    name: string,
    database: JourneyStep['database'],
    state: DeliveryState,
    at: number | undefined,
    note: string | null = null,
  ): JourneyStep => {
    const since =
      state !== 'done' || startedAt === undefined || at === undefined ? null : at - startedAt;
    const isBefore = since !== null && since < 0;
    return {
      name,
      database,
      state,
      ms: since === null || isBefore ? null : Math.round(since),
      note: isBefore ? CLOCKS_DISAGREE : note,
    };
  };
  const isOvertaken = storedAt !== undefined && journal?.at !== undefined && journal.at < storedAt;
  return [
    step('accepted', null, 'done', acceptedAt),
    step('stored', 'DynamoDB', 'done', storedAt, isOvertaken ? OVERTAKEN : null),
    ...(journal ? [step('journal', 'PostgreSQL', journal.state, journal.at)] : []),
    ...views.map(({ view, database, state, note, at }) => step(view, database, state, at, note)),
  ];
}

const OVERTAKEN = 'The stream had delivered it before DynamoDB’s answer was here.';

const CLOCKS_DISAGREE = 'The clocks of two machines disagree, so that no time can be told.';
