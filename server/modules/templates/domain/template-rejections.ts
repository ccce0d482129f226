/** The rules of templates that a request can break, by literal code, each with its HTTP status. */
export const TEMPLATE_REJECTIONS = {
  TEMPLATE_TOO_LARGE: 400,
  TEMPLATE_NOT_FOUND: 404,
  TEMPLATE_DEPRECATED: 409,
  /** No project can be created from it: its validation found problems, or is still to come. */
  TEMPLATE_NOT_VALID: 409,
} as const;

type TemplateRejections = typeof TEMPLATE_REJECTIONS;

declare module '#lib/playhead-error.ts' {
  interface Rejections extends TemplateRejections {}
}
