import { z } from 'zod';
import { optionalTextSchema, textSchema } from '../../contracts/command-texts.ts';
import { hasUnseen } from '../../unseen-text.ts';
import { MAX_VALUE_LENGTH } from './blueprint.ts';
import { PARAMETER_TYPES, TEMPLATE_FORMATS } from './template-state.ts';

/**
 * The commands of templates as they travel. What is checked here is shape and size; whether a template
 * makes sense its validation says, and whether it may change the domain.
 */
const templateId = z.string().trim().min(1, 'A template is needed.').max(1_000);

const name = textSchema.trim().min(1, 'A name is needed.').max(100);

const tag = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'A tag has letters, digits and hyphens, at most 40.');

const value = textSchema.max(MAX_VALUE_LENGTH);

const parameterSchema = z.object({
  name: z
    .string()
    .trim()
    .regex(
      /^[A-Za-z][A-Za-z0-9_]{0,39}$/,
      'A parameter’s name has letters, digits and underscores, a letter first, at most 40.',
    ),
  type: z.enum(PARAMETER_TYPES).default('text'),
  description: optionalTextSchema,
  default: value.optional(),
  allowed: z.array(value).max(50).default([]),
  secret: z.boolean().default(false),
});

const parametersSchema = z
  .array(parameterSchema)
  .max(50)
  .refine(
    (parameters) => new Set(parameters.map((each) => each.name)).size === parameters.length,
    'Two parameters have the same name.',
  );

/** A text of several lines, without a byte order mark, and without what nobody sees. */
const templateText = z
  .string()
  .max(262_144)
  .transform((text) => text.replace(/^\ufeff/, ''))
  .refine(
    (text) => text.trim() !== '',
    'A template is needed: YAML or JSON that describes services.',
  )
  .refine(
    (text) => !text.split(/\r?\n|\t/).some(hasUnseen),
    'Control characters and characters that nobody sees are not kept.',
  );

export const uploadTemplateSchema = z.object({
  templateId,
  name,
  description: optionalTextSchema,
  tags: z
    .array(tag)
    .max(20)
    .default([])
    .transform((tags) => [...new Set(tags)].sort()),
  format: z.enum(TEMPLATE_FORMATS).default('yaml'),
  text: templateText,
  parameters: parametersSchema.default([]),
});

export const validateTemplateSchema = z.object({ templateId });

export const changeTemplateParametersSchema = z.object({
  templateId,
  /** All of them: those that are not named are gone. */
  parameters: parametersSchema,
});

export const deprecateTemplateSchema = z.object({
  templateId,
  reason: optionalTextSchema,
});
