import { CRM_ENTITIES } from '#lib/modules/crm/entities.ts';
import { MAPPINGS } from '#lib/modules/crm/mappings.ts';
import { PlayheadError } from '#lib/playhead-error.ts';
import { LIVE_SCHEMA } from '#server/runtime/platform/schemas.ts';
import { crmEntityViews, tableOf } from '../views/crm-views.ts';
import type { EntityKind } from './entities-page.ts';

/** A kind of record with its words. */
export type NamedKind = EntityKind & (typeof CRM_ENTITIES)[number];

function toKind(entity: (typeof CRM_ENTITIES)[number]): NamedKind {
  const { entityName } = entity;
  const found = crmEntityViews.find((each) => each.entityName === entityName);
  if (found === undefined) {
    throw new Error(`Records of ${entityName} have no view.`);
  }
  return {
    ...entity,
    mapping: MAPPINGS[entityName],
    table: tableOf(entityName)(LIVE_SCHEMA),
    view: found.view,
  };
}

const KINDS: readonly NamedKind[] = CRM_ENTITIES.map(toKind);

/** All kinds of records. */
export function listKinds(): readonly NamedKind[] {
  return KINDS;
}

/** The kind that pages and routes call so: “clients”. Throws ROUTE_NOT_FOUND. */
export function requireKindOf(plural: string): NamedKind {
  const kind = KINDS.find((each) => each.plural === plural);
  if (kind === undefined) {
    const known = KINDS.map((each) => each.plural).join(', ');
    const sentence = `There are no “${plural.slice(0, 40)}” here. There are: ${known}.`;
    throw new PlayheadError('ROUTE_NOT_FOUND', sentence);
  }
  return kind;
}
