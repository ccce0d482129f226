import { z } from 'zod';
import {
  PARAMETER_TYPES,
  TEMPLATE_FORMATS,
  type TemplateState,
  templateKind,
} from '#lib/modules/templates/template-state.ts';
import { toSlug } from '#lib/slug.ts';
import type { Aggregate } from '#server/runtime/event-store/aggregate.ts';
import { evolveTemplate } from './evolve-template.ts';
import type { TemplateEvent } from './template-events.ts';

const text = z.string().optional();
const version = z.number().int().positive();

const parameters = z.array(
  z.object({
    name: z.string(),
    type: z.enum(PARAMETER_TYPES),
    description: text,
    default: text,
    allowed: z.array(z.string()),
    secret: z.boolean(),
  }),
);

const problems = z.array(
  z.object({
    message: z.string(),
    line: z.number().optional(),
    column: z.number().optional(),
    parameter: text,
  }),
);

const content = {
  name: z.string(),
  description: text,
  tags: z.array(z.string()),
  format: z.enum(TEMPLATE_FORMATS),
  text: z.string(),
  parameters,
};

const stateCodec = z.discriminatedUnion('status', [
  z.object({ status: z.literal('missing') }),
  z.object({
    status: z.enum(['active', 'deprecated']),
    ...content,
    version,
    validity: z.enum(['unknown', 'valid', 'invalid']),
    problems,
    createdAt: z.string(),
    lastEventAt: z.string(),
    deprecatedAt: text,
    deprecationReason: text,
  }),
]);

/** A template with its versions. */
export const templateAggregate: Aggregate<TemplateState, TemplateEvent> = {
  ...templateKind,
  parseId: toSlug,
  evolve: evolveTemplate,
  events: {
    TemplateUploaded: { schemaVersion: 1, codec: z.object({ ...content, version }) },
    TemplateValidated: {
      schemaVersion: 1,
      codec: z.object({ version, valid: z.boolean(), problems }),
    },
    TemplateParametersChanged: { schemaVersion: 1, codec: z.object({ version, parameters }) },
    TemplateDeprecated: { schemaVersion: 1, codec: z.object({ reason: text }) },
  },
  finalEvents: ['TemplateDeprecated'],
  snapshot: { version: 1, codec: stateCodec },
};
