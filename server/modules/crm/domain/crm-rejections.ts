/** What the rules refuse, each with the HTTP status that tells it to a program. */
export const CRM_REJECTIONS = {
  /** The CRM's REST API does not answer, or refuses. */
  CRM_UNAVAILABLE: 503,
  /** There is no such record in its view. */
  CRM_RECORD_NOT_FOUND: 404,
  /** A message that nobody has refused cannot be settled. */
  CRM_MESSAGE_NOT_REFUSED: 409,
} as const;

type CrmRejections = typeof CRM_REJECTIONS;

declare module '#lib/playhead-error.ts' {
  interface Rejections extends CrmRejections {}
}
