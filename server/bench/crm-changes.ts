import type { JsonValue } from '#lib/modules/crm/json-value.ts';
import { createRandom } from '#server/runtime/platform/random.ts';

/** What the CRM holds of a record at the end, by the names of its REST API. */
export type CrmRecord = {
  values: Record<string, JsonValue>;
  isDeleted: boolean;
  /** Whether an event said only that something changed. */
  needsReading: boolean;
};

/** Change events as they arrive, and what must come of them. */
export type CrmChanges = {
  readonly lines: readonly string[];
  readonly records: ReadonlyMap<string, CrmRecord>;
};

const FIRST_COMMIT = 1_704_067_200_000;
const STATUSES = ['Prospect', 'Active', 'Inactive', null] as const;

/** The three envelopes of change events. */
const WRAPS: readonly ((event: object) => object)[] = [
  (event) => event,
  (data) => ({ data, channel: '/data/AccountChangeEvent' }),
  (detail) => ({ version: '0', 'detail-type': 'AccountChangeEvent', detail }),
];

/**
 * `count` changes of `records` accounts, each applied to what the CRM holds and told in an envelope; one in
 * ten is told twice and one in a thousand says not what changed. Then all are shuffled. The same each time.
 */
export function makeCrmChanges(records: number, count: number): CrmChanges {
  const random = createRandom(12);
  const pick = (below: number) => Math.floor(random() * below);
  const held = new Map<string, CrmRecord>();
  const lines: string[] = [];
  for (let commit = 1; commit <= count; commit += 1) {
    const index = commit <= records ? commit : 1 + pick(records);
    const recordId = `001${String(index).padStart(12, '0')}AAA`;
    const record = held.get(recordId);
    const kind = record === undefined ? 'CREATE' : toKind(record, pick(1_000));
    const fields = toFields(kind, commit, pick);
    held.set(recordId, apply(record, kind, fields));
    const ChangeEventHeader = {
      entityName: 'Account',
      recordIds: [recordId],
      changeType: kind,
      commitTimestamp: FIRST_COMMIT + commit,
      commitNumber: commit,
      sequenceNumber: 1,
    };
    const event = { payload: { ChangeEventHeader, ...fields }, event: { replayId: commit } };
    const line = JSON.stringify(WRAPS[pick(WRAPS.length)]?.(event));
    lines.push(line, ...(pick(10) === 0 ? [line] : []));
  }
  const places = lines.map((line) => ({ line, place: random() }));
  places.sort((a, b) => a.place - b.place);
  return { lines: places.map(({ line }) => line), records: held };
}

function toKind({ isDeleted }: CrmRecord, chance: number): string {
  if (isDeleted) {
    return 'UNDELETE';
  }
  return chance === 0 ? 'GAP_UPDATE' : chance < 10 ? 'DELETE' : 'UPDATE';
}

type Fields = Readonly<Record<string, JsonValue>>;

function toFields(kind: string, commit: number, pick: (below: number) => number): Fields {
  const name = { Name: `Account ${commit}` };
  const status = { Account_Status__c: STATUSES[pick(STATUSES.length)] ?? null };
  const address = { BillingAddress: { City: `City ${pick(50)}`, Country: `Country ${pick(20)}` } };
  switch (kind) {
    case 'CREATE':
      return { ...name, ...status, ...address, Business_Type__c: 'Label;Publisher' };
    case 'UPDATE':
      return [name, status, address][pick(3)] ?? name;
    default:
      return {};
  }
}

function apply(before: CrmRecord | undefined, kind: string, fields: Fields): CrmRecord {
  const { BillingAddress: address, ...others } = fields;
  const parts = typeof address === 'object' && address !== null ? Object.entries(address) : [];
  const flat = parts.map(([part, value]): [string, JsonValue] => [`Billing${part}`, value]);
  return {
    values: { ...before?.values, ...others, ...Object.fromEntries(flat) },
    isDeleted: kind === 'DELETE',
    needsReading: before?.needsReading === true || kind === 'GAP_UPDATE',
  };
}
