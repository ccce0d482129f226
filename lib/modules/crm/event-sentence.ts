import { z } from 'zod';
import { CRM_ENTITIES } from './entities.ts';

const changedSchema = z.object({ changeType: z.string() });
const refusedSchema = z.object({ reason: z.string() });

const CHANGES: ReadonlyMap<string, string> = new Map([
  ['CREATE', 'created'],
  ['UPDATE', 'changed'],
  ['DELETE', 'deleted'],
  ['UNDELETE', 'taken back from the bin'],
  ['GAP_CREATE', 'created; its fields must be read'],
  ['GAP_UPDATE', 'changed; its fields must be read'],
  ['GAP_DELETE', 'deleted'],
  ['GAP_UNDELETE', 'taken back from the bin; its fields must be read'],
]);

/** What happened to a record of the CRM, as a person says it; undefined for what has no sentence of its own. */
export function toCrmEventSentence({
  eventType,
  eventData,
}: {
  readonly eventType: string;
  readonly eventData: Readonly<Record<string, unknown>>;
}): string | undefined {
  const entity = CRM_ENTITIES.find(({ entityName }) => eventType.startsWith(`Crm${entityName}`));
  if (entity !== undefined) {
    const noun = entity.noun.charAt(0).toUpperCase() + entity.noun.slice(1);
    const { changeType } = changedSchema.safeParse(eventData).data ?? { changeType: '' };
    return eventType.endsWith('Read')
      ? `${noun} read from the CRM`
      : `${noun} ${CHANGES.get(changeType) ?? 'changed'}`;
  }
  const refused = refusedSchema.safeParse(eventData).data;
  return eventType === 'CrmMessageRefused' && refused !== undefined
    ? `Message refused: ${refused.reason}`
    : undefined;
}
