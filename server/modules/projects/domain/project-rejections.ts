/** The rules of projects that a request can break, by literal code, each with its HTTP status. */
export const PROJECT_REJECTIONS = {
  PARAMETER_REFUSED: 400,
  PROJECT_NOT_FOUND: 404,
  SERVICE_NOT_FOUND: 404,
  PROJECT_ID_TAKEN: 409,
  PROJECT_ARCHIVED: 409,
  PROJECT_TOO_LARGE: 409,
  SERVICE_NAME_TAKEN: 409,
} as const;

type ProjectRejections = typeof PROJECT_REJECTIONS;

declare module '#lib/playhead-error.ts' {
  interface Rejections extends ProjectRejections {}
}
