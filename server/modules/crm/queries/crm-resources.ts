import { z } from 'zod';
import {
  type EntityResults,
  entityAnswerSchema,
  entityResultsSchema,
} from '#lib/modules/crm/queries.ts';
import { defineResource } from '#server/runtime/queries/resource.ts';
import { recordAggregateOf } from '../domain/record-aggregate.ts';
import { entitiesQuerySchema, getEntitiesPage } from './entities-page.ts';
import { listKinds, type NamedKind } from './entity-kinds.ts';
import { entityQuerySchema, findEntityAnswer } from './find-entity-answer.ts';

/** Records of a kind by search, filters and order. */
function toListResource(kind: NamedKind) {
  const path = `/crm/${kind.plural}`;
  return defineResource({
    path,
    summary: `Lists ${kind.plural}: searched, filtered by field:operator:value and sorted by several fields.`,
    query: entitiesQuerySchema,
    answer: entityResultsSchema,
    read: async ({ db, scans }, query): Promise<EntityResults> => {
      const isScan = query.q !== undefined || query.filter.length > 0;
      const page = await getEntitiesPage(isScan ? scans : db, kind, query);
      const to = (cursor: string | null) =>
        cursor === null ? null : `/api/v1${path}?${toParams({ ...query, cursor })}`;
      return {
        results: page.items.map(({ values }) => values),
        count: page.total,
        countIsAtLeast: page.atLeast,
        next: to(page.nextCursor),
        previous: to(page.previousCursor),
      };
    },
  });
}

/** One record, as it came and as it is normalised. */
function toRecordResource(kind: NamedKind) {
  return defineResource({
    path: `/crm/${kind.plural}/{recordId}`,
    summary: `Reads a ${kind.noun} as it came and as it is normalised.`,
    aggregate: recordAggregateOf(kind.aggregateType),
    query: entityQuerySchema,
    answer: entityAnswerSchema,
    read: (deps, query, recordId) => findEntityAnswer(deps, kind, recordId, query),
    toVersion: ({ entity }) => entity.version,
  });
}

/** What programs read of the CRM. */
export const CRM_RESOURCES = [
  ...listKinds().map(toListResource),
  ...listKinds().map(toRecordResource),
];

const paramsSchema = z.record(z.string(), z.union([z.string(), z.number(), z.array(z.string())]));

/** A query as an address has it. */
function toParams(query: object): URLSearchParams {
  const given = Object.entries(paramsSchema.parse(query)).flatMap(([name, value]) =>
    (Array.isArray(value) ? value : [value]).map((each) => [name, `${each}`]),
  );
  return new URLSearchParams(given);
}
