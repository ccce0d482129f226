/** An error that is retried for so long is no hiccup: what retries counts as stuck. */
export const STUCK_AFTER_MS = 10_000;

/** Whether an error that is being retried since `errorSince` (ISO 8601) makes a thing stuck. */
export function isStuck(errorSince: string | null, now: Date): boolean {
  return errorSince !== null && now.getTime() - Date.parse(errorSince) >= STUCK_AFTER_MS;
}
