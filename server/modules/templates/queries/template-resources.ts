import {
  catalogPageSchema,
  templateAnswerSchema,
  templateDifferenceSchema,
} from '#lib/modules/templates/queries.ts';
import { defineResource } from '#server/runtime/queries/resource.ts';
import { templateAggregate } from '../domain/template-aggregate.ts';
import { catalogQuerySchema, getCatalogPage } from './catalog-page.ts';
import { findTemplate, templateQuerySchema } from './template-answer.ts';
import { getTemplateDifference, templateDifferenceQuerySchema } from './template-difference.ts';

/** Templates by search, facets and order. */
const templatesResource = defineResource({
  path: '/templates',
  summary: 'Lists templates: searched, narrowed and sorted over all of them.',
  query: catalogQuerySchema,
  answer: catalogPageSchema,
  read: ({ db, scans }, query) => getCatalogPage(query.q ? scans : db, query),
});

/** One template, with its versions. */
const templateResource = defineResource({
  path: '/templates/{templateId}',
  summary: 'Reads a template with its versions, and the text of one of them.',
  aggregate: templateAggregate,
  query: templateQuerySchema,
  answer: templateAnswerSchema,
  read: (deps, query, templateId) => findTemplate(deps, templateId, query),
});

/** What changed between two versions. */
const templateDifferenceResource = defineResource({
  path: '/templates/{templateId}/difference',
  summary: 'Reads what changed between two versions of a template.',
  aggregate: templateAggregate,
  query: templateDifferenceQuerySchema,
  answer: templateDifferenceSchema,
  read: ({ db }, query, templateId) => getTemplateDifference(db, templateId, query),
});

/** What programs read of templates. */
export const TEMPLATE_RESOURCES = [templatesResource, templateResource, templateDifferenceResource];
