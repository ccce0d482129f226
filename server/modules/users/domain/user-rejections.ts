/**
 * The rules of users that a request can break, by literal code, each with the HTTP status that tells it to
 * a program. A new one is declared here, and nowhere else.
 */
export const USER_REJECTIONS = {
  USER_NOT_FOUND: 404,
  USER_ID_TAKEN: 409,
  USER_DEACTIVATED: 409,
  EMAIL_TAKEN: 409,
  EMAIL_NOT_CURRENT: 409,
} as const;

type UserRejections = typeof USER_REJECTIONS;

declare module '#lib/playhead-error.ts' {
  interface Rejections extends UserRejections {}
}
