import { describe, expect, it } from 'vitest';
import { ENVELOPES, toMessage, toPayload, toTestRecordId } from '#server/testing/crm-messages.ts';
import { type ReadMessage, readMessage } from './read-message.ts';

const fieldsOf = (read: ReadMessage) => (read.kind === 'change' ? read.change.fields : read.reason);
const update = (header: Parameters<typeof toPayload>[0], fields: Parameters<typeof toPayload>[1]) =>
  fieldsOf(readMessage(toMessage({ changeType: 'UPDATE', ...header }, fields)));

describe('a change event', () => {
  it.each(Object.entries(ENVELOPES))('is read in the envelope %s', (_, wrap) => {
    const read = readMessage(JSON.stringify(wrap(toPayload({}, { Name: 'Acme' }))));
    expect(read).toMatchObject({
      kind: 'change',
      change: { fields: { values: { Name: 'Acme' }, diffs: {} }, replayId: '7' },
      aggregateIds: [`crm-account#${toTestRecordId(1)}`],
    });
  });

  it('keeps every digit of its numbers', () => {
    const text = toMessage({}, { Big__c: 0 })
      .replace('"Big__c":0', '"Big__c":12345678901234567890.5')
      .replace('"commitNumber":1', '"commitNumber":10500691831420123456');
    expect(readMessage(text)).toMatchObject({
      change: {
        header: { commitNumber: '10500691831420123456' },
        fields: { values: { Big__c: '12345678901234567890.5' } },
      },
    });
  });

  it('that was merged is of each of its records, once', () => {
    const ids = [toTestRecordId(1), toTestRecordId(2), toTestRecordId(1).slice(0, 15)];
    expect(readMessage(toMessage({ recordIds: ids }))).toMatchObject({
      aggregateIds: [`crm-account#${toTestRecordId(1)}`, `crm-account#${toTestRecordId(2)}`],
    });
  });

  it('says of an update what changed: absent is nothing, null is null', () => {
    expect(update({}, { Name: 'Acme', ParentId: null })).toEqual({
      values: { Name: 'Acme', ParentId: null },
      diffs: {},
    });
  });

  it('says nothing of a null that it does not list as changed', () => {
    const listed = { changedFields: ['Name', 'BillingAddress.City'] };
    const fields = { Name: null, Phone: null, BillingAddress: { City: null, Street: null } };
    expect(update(listed, fields)).toEqual({
      values: { Name: null, BillingCity: null },
      diffs: {},
    });
    expect(update({ changedFields: ['Name'], nulledFields: ['Phone'] }, fields)).toEqual({
      values: { Phone: null },
      diffs: {},
    });
  });

  it('has compound fields by the names of the REST API', () => {
    const compound = {
      Name: { FirstName: 'Ada', LastName: 'Lovelace' },
      BillingAddress: { City: 'London' },
      Place__c: { Latitude: 51.5 },
    };
    expect(update({}, compound)).toMatchObject({
      values: {
        FirstName: 'Ada',
        LastName: 'Lovelace',
        BillingCity: 'London',
        Place__Latitude__s: 51.5,
      },
    });
    expect(update({}, { BillingAddress: null })).toMatchObject({
      values: { BillingCity: null, BillingStreet: null, BillingCountry: null },
    });
  });

  it('has differences of large texts apart', () => {
    const diff = '--- \n+++ \n@@ -1,1 +1,1 @@\n-a\n+b\n';
    expect(update({ diffFields: ['Description'] }, { Description: diff, Name: 'Acme' })).toEqual({
      values: { Name: 'Acme' },
      diffs: { Description: diff },
    });
  });
});

describe('what is no change event says why', () => {
  it.each([
    ['', /not JSON/],
    ['{"a":', /not JSON/],
    ['[]', /no payload/],
    ['"text"', /no payload/],
    ['{"payload":{}}', /ChangeEventHeader: /],
    [toMessage({ changeType: 'UPSERT' }), /ChangeEventHeader\.changeType/],
    [toMessage({ commitNumber: 'x' }), /ChangeEventHeader\.commitTimestamp|commitNumber/],
    [toMessage({ entityName: 'Lead' }), /Records of Lead are not kept/],
    [toMessage({ recordIds: [] }), /names no record/],
    [toMessage({ recordIds: ['001'] }), /“001” is no id/],
    [toMessage({ recordIds: ['001*'] }), /read again/],
    [toMessage({ changeType: 'GAP_OVERFLOW', recordIds: [] }), /read again/],
    [toMessage({}, { '<script>': 1 }), /no name of a field/],
    [`{"payload":${'['.repeat(5_000)}${']'.repeat(5_000)}}`, /./],
  ])('%.40s', (text, reason) => {
    expect(readMessage(text)).toEqual({ kind: 'malformed', reason: expect.stringMatching(reason) });
  });
});
