import type { JsonValue } from '#lib/modules/crm/json-value.ts';
import { createRandom } from '#server/runtime/platform/random.ts';
import { ENVELOPES, toPayload, toTestRecordId } from './crm-messages.ts';

/** What the CRM itself holds of a record at the end. */
export type CrmTruth = {
  readonly values: Readonly<Record<string, JsonValue>>;
  readonly isDeleted: boolean;
  readonly needsReading: boolean;
};

/** Change events as they arrive, and what must come of them. */
export type CrmStream = {
  readonly lines: readonly string[];
  /** By record id. */
  readonly truth: ReadonlyMap<string, CrmTruth>;
  /** Different changes, each counted once for every record that it is of. */
  readonly changes: number;
};

const STATUSES = ['Prospect', 'Active', 'Inactive', null] as const;
const WRAPS = Object.values(ENVELOPES);

/**
 * A CRM's life, told out of order: `count` changes of `records` accounts, of which one in ten comes twice and
 * one in a thousand is a gap. Each is applied to the truth in its order, and then all of them are shuffled.
 * The same for the same seed.
 */
export function makeCrmStream({
  records,
  count,
  seed = 1,
}: {
  readonly records: number;
  readonly count: number;
  readonly seed?: number;
}): CrmStream {
  const random = createRandom(seed);
  const pick = (below: number) => Math.floor(random() * below);
  const truth = new Map<string, CrmTruth>();
  const lines: string[] = [];
  for (let commit = 1; commit <= count; commit += 1) {
    const recordId = toTestRecordId(commit <= records ? commit : 1 + pick(records));
    const before = truth.get(recordId) ?? { values: {}, isDeleted: false, needsReading: false };
    const { changeType, fields } = nextChange(before, commit, pick);
    const payload = toPayload({ recordIds: [recordId], changeType, commitNumber: commit }, fields);
    lines.push(JSON.stringify(WRAPS[pick(WRAPS.length)]?.(payload)));
    truth.set(recordId, {
      values: { ...before.values, ...toFlat(fields) },
      isDeleted: changeType === 'DELETE' || (before.isDeleted && changeType !== 'UNDELETE'),
      needsReading: before.needsReading || changeType === 'GAP_UPDATE',
    });
  }
  const twice = lines.filter(() => pick(10) === 0);
  return { lines: shuffle([...lines, ...twice], pick), truth, changes: count };
}

function nextChange(
  { values, isDeleted }: CrmTruth,
  commit: number,
  pick: (below: number) => number,
): { changeType: string; fields: Record<string, JsonValue> } {
  if (Object.keys(values).length === 0) {
    const fields = {
      Name: `Account ${commit}`,
      Account_Status__c: STATUSES[pick(3)] ?? null,
      Business_Type__c: 'Label;Publisher',
      BillingAddress: { City: `City ${pick(50)}`, Country: `Country ${pick(20)}` },
      CreatedDate: new Date(1_704_067_200_000 + commit).toISOString(),
    };
    return { changeType: 'CREATE', fields };
  }
  if (isDeleted) {
    return { changeType: 'UNDELETE', fields: { Account_Status__c: 'Active' } };
  }
  const kind = pick(1_000);
  if (kind === 0) {
    return { changeType: 'GAP_UPDATE', fields: {} };
  }
  if (kind < 10) {
    return { changeType: 'DELETE', fields: {} };
  }
  const fields: Record<string, JsonValue>[] = [
    { Name: `Account ${commit}` },
    { Account_Status__c: STATUSES[pick(STATUSES.length)] ?? null },
    { BillingAddress: { City: `City ${pick(50)}` } },
    { Account_Priority__c: `P${pick(4)}`, Description: `Changed at ${commit}` },
  ];
  return { changeType: 'UPDATE', fields: fields[pick(fields.length)] ?? {} };
}

function toFlat(fields: Record<string, JsonValue>): Record<string, JsonValue> {
  const { BillingAddress: address, ...others } = fields;
  const parts = typeof address === 'object' && address !== null ? Object.entries(address) : [];
  return {
    ...others,
    ...Object.fromEntries(parts.map(([part, value]) => [`Billing${part}`, value as JsonValue])),
  };
}

function shuffle<Item>(items: Item[], pick: (below: number) => number): Item[] {
  for (let index = items.length - 1; index > 0; index -= 1) {
    const other = pick(index + 1);
    const [a, b] = [items[index], items[other]];
    if (a !== undefined && b !== undefined) {
      items[index] = b;
      items[other] = a;
    }
  }
  return items;
}
