import { toAggregateId } from '#lib/aggregate-id.ts';
import { findEntity } from '#lib/modules/crm/entities.ts';
import type { JsonValue } from '#lib/modules/crm/json-value.ts';
import { toRecordId } from '#lib/modules/crm/record-id.ts';
import { type ChangeFields, readChangeFields } from './change-fields.ts';
import { type ChangeHeader, changeHeaderSchema } from './change-header.ts';
import { parseJson } from './parse-json.ts';

/** A change event that was understood. */
export type Change = {
  readonly header: ChangeHeader;
  readonly fields: ChangeFields;
  /** Where the channel can be read on from; null where the message does not say. */
  readonly replayId: string | null;
};

/** What a message is: a change of these records, or nothing that can be kept as one. */
export type ReadMessage =
  | { readonly kind: 'change'; readonly change: Change; readonly aggregateIds: readonly string[] }
  | { readonly kind: 'malformed'; readonly reason: string };

type JsonObject = { readonly [name: string]: JsonValue };

/** A change of more records than these does not fit into one transaction. */
const MAX_RECORDS = 90;
const MAX_TOTAL_LENGTH = 2_000_000;

/** Names that Salesforce gives to fields. */
const FIELD_NAME = /^[A-Za-z][A-Za-z0-9_.]{0,200}$/;

/** What was read lately: a batch is weighed, decided on and folded, and each of these reads its messages. */
const lately = new Map<string, ReadMessage>();
const MOST_KEPT = 1_000;
const LONGEST_KEPT = 10_000;

/**
 * Reads a message in any of the three envelopes of change events: the Streaming API's (`data.payload`), the
 * bare one (`payload`), and EventBridge's (`detail`). A merged event is one change of each of its records.
 * Never throws: what cannot be kept says why. Pure.
 */
export function readMessage(text: string): ReadMessage {
  const known = lately.get(text);
  if (known !== undefined) {
    return known;
  }
  const read = parseMessage(text);
  if (text.length <= LONGEST_KEPT) {
    const [oldest] = lately.size < MOST_KEPT ? [] : lately.keys();
    lately.delete(oldest ?? '');
    lately.set(text, read);
  }
  return read;
}

function parseMessage(text: string): ReadMessage {
  let json: JsonValue;
  try {
    json = parseJson(text);
  } catch {
    return malformed('It is not JSON.');
  }
  const envelope = findEnvelope(json);
  if (envelope === undefined) {
    return malformed('It has no payload: it is in none of the envelopes of change events.');
  }
  const { ChangeEventHeader: given, ...payload } = envelope.payload;
  const header = changeHeaderSchema.safeParse(given);
  if (!header.success) {
    const [issue] = header.error.issues;
    const where = ['ChangeEventHeader', ...(issue?.path ?? [])].join('.');
    return malformed(`Its header cannot be read: ${where}: ${issue?.message}.`);
  }
  const entity = findEntity(header.data.entityName);
  if (entity === undefined) {
    return malformed(`Records of ${header.data.entityName} are not kept here.`);
  }
  const fields = readChangeFields(header.data, payload);
  const odd = [...Object.keys(fields.values), ...Object.keys(fields.diffs)].find(
    (name) => !FIELD_NAME.test(name),
  );
  if (odd !== undefined) {
    return malformed(`“${odd.slice(0, 60)}” is no name of a field.`);
  }
  return withRecords({ header: header.data, fields, replayId: envelope.replayId }, entity, text);
}

function withRecords(
  change: Change,
  { entityName, aggregateType }: { readonly entityName: string; readonly aggregateType: string },
  { length }: string,
): ReadMessage {
  const { changeType, recordIds } = change.header;
  if (changeType === 'GAP_OVERFLOW' || recordIds.some((id) => id.endsWith('*'))) {
    return malformed(
      `More records of ${entityName} changed than it names: all of them must be read again (ops crm-backfill ${entityName}).`,
    );
  }
  const ids = recordIds.map(toRecordId);
  const wrong = recordIds.find((_, index) => ids[index] === undefined);
  if (wrong !== undefined || ids.length === 0) {
    return malformed(
      ids.length === 0 ? 'It names no record.' : `“${wrong?.slice(0, 40)}” is no id of a record.`,
    );
  }
  const distinct = [...new Set(ids.filter((id) => id !== undefined))];
  if (distinct.length > MAX_RECORDS || distinct.length * length > MAX_TOTAL_LENGTH) {
    return malformed(`It is of ${distinct.length} records, too many for one transaction.`);
  }
  return {
    kind: 'change',
    change,
    aggregateIds: distinct.map((id) => toAggregateId(aggregateType, id)),
  };
}

/** The payload wherever an envelope has it, and the replay id beside it. */
function findEnvelope(
  json: JsonValue,
): { readonly payload: JsonObject; readonly replayId: string | null } | undefined {
  let level: JsonValue | undefined = json;
  for (let depth = 0; depth < 4 && isObject(level); depth += 1) {
    if (isObject(level.payload)) {
      const event = isObject(level.event) ? level.event : {};
      const replayId = event.replayId ?? null;
      return {
        payload: level.payload,
        replayId: typeof replayId === 'object' ? null : String(replayId),
      };
    }
    level = level.data ?? level.detail;
  }
  return undefined;
}

function malformed(reason: string): ReadMessage {
  return { kind: 'malformed', reason };
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
