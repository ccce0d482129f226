import { z } from 'zod';
import { PAGE_LINKS } from '../../contracts/page-links.ts';
import { facetSchema, freshnessSchema } from '../../contracts/queries.ts';

/** A value of a normalised field, as it travels. */
const normalValueSchema = z.union([
  z.string(),
  z.number(),
  z.boolean(),
  z.array(z.string()),
  z.null(),
]);

/** A record of the CRM in the words of its mapping. */
export const entityRowSchema = z.object({
  recordId: z.string(),
  title: z.string(),
  values: z.record(z.string(), normalValueSchema),
  /** By field, why it has no value. */
  errors: z.record(z.string(), z.string()),
  isDeleted: z.boolean(),
  /** Something changed that no event said: the record must be read from the CRM. */
  needsReading: z.boolean(),
  /** ISO 8601 in UTC, by the CRM's clock. */
  changedAt: z.string(),
  /** The record's event sequence that this row holds. */
  version: z.number(),
});
export type EntityRow = z.infer<typeof entityRowSchema>;

/** A page of records for the console's lists. */
export const entitiesPageSchema = z.object({
  items: z.array(entityRowSchema),
  total: z.number(),
  /** The total is a lower bound. */
  atLeast: z.boolean(),
  ...PAGE_LINKS,
  facets: z.record(z.string(), facetSchema),
  freshness: freshnessSchema,
});
export type EntitiesPage = z.infer<typeof entitiesPageSchema>;

/** A page of records for programs: each one's values alone, and the addresses of the pages beside it. */
export const entityResultsSchema = z.object({
  results: z.array(z.record(z.string(), normalValueSchema)),
  count: z.number(),
  /** The count is a lower bound. */
  countIsAtLeast: z.boolean(),
  next: z.string().nullable(),
  previous: z.string().nullable(),
});
export type EntityResults = z.infer<typeof entityResultsSchema>;

/** A record as it came beside what became of it. */
export const entityAnswerSchema = z.object({
  entity: entityRowSchema,
  /** By the names of the CRM's REST API. */
  raw: z.record(z.string(), z.unknown()),
  freshness: freshnessSchema,
});
export type EntityAnswer = z.infer<typeof entityAnswerSchema>;

/** A message that could not be kept as a change. */
export const messageRowSchema = z.object({
  messageId: z.string(),
  status: z.enum(['refused', 'settled']),
  reason: z.string(),
  source: z.string(),
  excerpt: z.string(),
  refusedAt: z.string(),
  version: z.number(),
});
export type MessageRow = z.infer<typeof messageRowSchema>;

/** What a mapping makes of a record in the place of the one that serves. */
export const mappingTrialSchema = z.object({
  /** Records that it was tried on. */
  tried: z.number(),
  /** Records of which something differs; the first of them are in `items`. */
  different: z.number(),
  items: z.array(
    z.object({
      recordId: z.string(),
      title: z.string(),
      /** By field, its value or its error: as it serves and as it was tried; null where there is neither. */
      fields: z.array(
        z.object({
          name: z.string(),
          serving: z.string().nullable(),
          tried: z.string().nullable(),
        }),
      ),
    }),
  ),
});
export type MappingTrial = z.infer<typeof mappingTrialSchema>;
