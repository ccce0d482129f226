import type { JsonValue } from '#lib/modules/crm/json-value.ts';

type Header = {
  readonly entityName?: string;
  readonly recordIds?: readonly string[];
  readonly changeType?: string;
  readonly commitNumber?: number | string;
  readonly sequenceNumber?: number;
  readonly commitTimestamp?: number;
  readonly changedFields?: readonly string[];
  readonly nulledFields?: readonly string[];
  readonly diffFields?: readonly string[];
};

type Fields = { readonly [name: string]: JsonValue };

/** A record's id that no other index has, of 18 characters. */
export function toTestRecordId(index: number): string {
  return `001${String(index).padStart(12, '0')}AAA`;
}

/** The payload of a change event: of one account, at commit 1 of 2024, unless it says otherwise. */
export function toPayload(header: Header = {}, fields: Fields = {}) {
  const { commitNumber = 1, ...others } = header;
  return {
    ChangeEventHeader: {
      entityName: 'Account',
      recordIds: [toTestRecordId(1)],
      changeType: 'UPDATE',
      changeOrigin: 'com/salesforce/api/soap/58.0;client=test',
      transactionKey: '000a-1',
      sequenceNumber: 1,
      commitTimestamp: 1_704_067_200_000 + Number(commitNumber),
      commitUser: '005000000000001AAA',
      commitNumber,
      ...others,
    },
    ...fields,
  };
}

/** The three envelopes in which change events come. */
export const ENVELOPES = {
  bare: (payload: object) => ({ schema: 's', payload, event: { replayId: 7 } }),
  streaming: (payload: object) => ({
    data: { schema: 's', payload, event: { replayId: 7 } },
    channel: '/data/AccountChangeEvent',
  }),
  eventBridge: (payload: object) => ({
    version: '0',
    id: '1f6a',
    'detail-type': 'AccountChangeEvent',
    source: 'aws.partner/salesforce.com/x',
    time: '2024-01-01T00:00:00Z',
    detail: { schema: 's', payload, event: { replayId: 7 } },
  }),
} as const;

/** A change event as it comes, in the bare envelope. */
export function toMessage(header: Header = {}, fields: Fields = {}): string {
  return JSON.stringify(ENVELOPES.bare(toPayload(header, fields)));
}
