import type { AlertResponse } from './contracts/alerts.ts';
import type { Alert } from './to-alerts.ts';

/**
 * The acknowledgement or snooze for which an alert is quiet now; null where it is to be shown as new. One
 * that has become worse is new again, and so is one whose snooze has ended. That a database or the worker is
 * down is never quiet. `now`: milliseconds since 1970 by the server's clock. Pure.
 */
export function findQuietResponse(
  alert: Alert,
  responses: readonly AlertResponse[],
  now: number,
): AlertResponse | null {
  const response = responses.find((each) => each.alert === alert.id);
  const holds = response && mayBeQuiet(alert) && !isWorse(alert, response) && lasts(response, now);
  return holds ? response : null;
}

/** Whether an operator can acknowledge or snooze an alert. */
export function mayBeQuiet({ kind }: Alert): boolean {
  return kind === 'events' || kind === 'standing' || kind === 'late' || kind === 'webhook';
}

/** More events or views than were seen; a lag changes all the time, and is worse when it has doubled. */
function isWorse({ kind, size }: Alert, { seen }: AlertResponse): boolean {
  return kind === 'late' ? size >= 2 * seen : size > seen;
}

function lasts({ until }: AlertResponse, now: number): boolean {
  return until === null || now < Date.parse(until);
}

export type ResponseChanges = {
  /** Those that hold no longer. */
  readonly ended: readonly AlertResponse[];
  /** Those whose alert has become smaller: from now on it is worse when it grows from there. */
  readonly lowered: readonly { readonly response: AlertResponse; readonly seen: number }[];
};

/**
 * What becomes of acknowledgements and snoozes, by all alerts of this moment. An acknowledgement ends with
 * its alert; a snooze outlasts it, since what comes and goes is what one snoozes. Pure.
 */
export function toResponseChanges(
  responses: readonly AlertResponse[],
  alerts: readonly Alert[],
  now: number,
): ResponseChanges {
  const found = responses.map((response) => {
    const alert = alerts.find(({ id }) => id === response.alert);
    const isOver =
      alert === undefined
        ? response.until === null || !lasts(response, now)
        : findQuietResponse(alert, [response], now) === null;
    return { response, alert, isOver };
  });
  return {
    ended: found.filter(({ isOver }) => isOver).map(({ response }) => response),
    lowered: found.flatMap(({ response, alert, isOver }) =>
      !isOver && alert && alert.kind !== 'late' && alert.size < response.seen
        ? [{ response, seen: alert.size }]
        : [],
    ),
  };
}
