/** Whoever started Playhead on this machine, and opened the link that the start printed. */
export const LOCAL_OPERATOR = 'local-operator';

const USER = 'user:';

/** A user as the subject of sessions, and as the actor in events. */
export function toSubject(userId: string): string {
  return USER + userId;
}

/** The id of the user that a subject is; undefined for the local operator. */
export function toUserId(subject: string): string | undefined {
  return subject.startsWith(USER) ? subject.slice(USER.length) : undefined;
}
