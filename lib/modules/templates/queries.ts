import { z } from 'zod';
import { PAGE_LINKS } from '#lib/contracts/page-links.ts';
import { freshnessSchema } from '../../contracts/queries.ts';
import { PARAMETER_TYPES, TEMPLATE_FORMATS } from './template-state.ts';

/** Answers about templates. Times travel as ISO 8601 in UTC. */
const time = z.string();
const facet = z.array(z.object({ value: z.string(), count: z.number() }));

export const TEMPLATE_STATES = ['unvalidated', 'valid', 'invalid', 'deprecated'] as const;

export const templateRowSchema = z.object({
  templateId: z.string(),
  name: z.string(),
  description: z.string().nullable(),
  tags: z.array(z.string()),
  format: z.enum(TEMPLATE_FORMATS),
  state: z.enum(TEMPLATE_STATES),
  newestVersion: z.number(),
  parameters: z.number(),
  problems: z.number(),
  createdAt: time,
  changedAt: time,
  /** The template's event sequence in this view. */
  version: z.number(),
});
export type TemplateRow = z.infer<typeof templateRowSchema>;

export const catalogPageSchema = z.object({
  items: z.array(templateRowSchema),
  total: z.number(),
  ...PAGE_LINKS,
  facets: z.object({ state: facet, tag: facet }),
  freshness: freshnessSchema,
});
export type CatalogPage = z.infer<typeof catalogPageSchema>;

/** A row with how many projects came of the template, archived ones too: the templates do not know that. */
const usedTemplateRowSchema = templateRowSchema.extend({ projects: z.number() });
export type UsedTemplateRow = z.infer<typeof usedTemplateRowSchema>;

export const usedCatalogPageSchema = catalogPageSchema.extend({
  items: z.array(usedTemplateRowSchema),
});

export const templateParametersSchema = z.array(
  z.object({
    name: z.string(),
    type: z.enum(PARAMETER_TYPES),
    description: z.string().optional(),
    default: z.string().optional(),
    allowed: z.array(z.string()),
    secret: z.boolean(),
  }),
);

export const templateProblemsSchema = z.array(
  z.object({
    message: z.string(),
    line: z.number().optional(),
    column: z.number().optional(),
    parameter: z.string().optional(),
  }),
);

/** A version without its text. */
export const templateVersionSchema = z.object({
  number: z.number(),
  name: z.string(),
  description: z.string().nullable(),
  tags: z.array(z.string()),
  format: z.enum(TEMPLATE_FORMATS),
  validity: z.enum(['unknown', 'valid', 'invalid']),
  parameters: templateParametersSchema,
  problems: templateProblemsSchema,
  bytes: z.number(),
  uploadedAt: time,
  uploadedBy: z.string(),
  validatedAt: time.nullable(),
});

export const templateAnswerSchema = z.object({
  templateId: z.string(),
  deprecatedAt: time.nullable(),
  deprecationReason: z.string().nullable(),
  /** The newest first. */
  versions: z.array(templateVersionSchema),
  /** The text of the version that was asked for, or of the newest. */
  text: z.string(),
  shown: z.number(),
  version: z.number(),
  freshness: freshnessSchema,
});
export type TemplateAnswer = z.infer<typeof templateAnswerSchema>;

/** A text line by line; `before` and `after` are the numbers of the line in either version. */
export const lineChangeSchema = z.object({
  mark: z.enum(['same', 'removed', 'added']),
  text: z.string(),
  before: z.number().nullable(),
  after: z.number().nullable(),
});
export type LineChange = z.infer<typeof lineChangeSchema>;

export const templateDifferenceSchema = z.object({
  from: z.number(),
  to: z.number(),
  lines: z.array(lineChangeSchema),
  parameters: z.object({
    added: z.array(z.string()),
    removed: z.array(z.string()),
    changed: z.array(z.string()),
  }),
  freshness: freshnessSchema,
});
export type TemplateDifference = z.infer<typeof templateDifferenceSchema>;
