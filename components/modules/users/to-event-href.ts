/** Where the event of a user is seen with what it changed. */
export function toEventHref(userId: string, sequence: number): string {
  return `/users/${encodeURIComponent(userId)}?tab=time-machine&seq=${sequence}`;
}
