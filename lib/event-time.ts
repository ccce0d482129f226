/**
 * The time of events that are decided at `at` (ISO 8601 in UTC): that, or the last event's time where
 * another machine's clock was ahead, for time never runs backwards within an aggregate (docs/adr/0004).
 */
export function toEventTime(at: string, lastEventAt = ''): string {
  return at < lastEventAt ? lastEventAt : at;
}
