import { describe, expect, it } from 'vitest';
import { applyMapping, fieldMappingSchema } from './field-mapping.ts';
import { type FieldType, toNormal } from './field-operations.ts';
import type { JsonValue } from './json-value.ts';
import { MAPPINGS } from './mappings.ts';

describe('a value in the form of a type', () => {
  it.each<[FieldType, JsonValue, unknown]>([
    ['text', 'Café', 'Café'],
    ['text', 12.5, '12.5'],
    ['list', 'Label; Publisher;;', ['Label', 'Publisher']],
    ['list', '', []],
    ['date', '2024-02-29', '2024-02-29'],
    ['date', '2024-02-29T23:00:00.000+0000', '2024-02-29'],
    ['date', 1_709_164_800_000, '2024-02-29'],
    ['date-time', '2024-05-01T12:00:00.000+0200', '2024-05-01T10:00:00.000Z'],
    ['date-time', '2024-05-01T10:00:00Z', '2024-05-01T10:00:00.000Z'],
    ['date-time', 1_714_557_600_000, '2024-05-01T10:00:00.000Z'],
    ['boolean', 'TRUE', true],
    ['boolean', false, false],
    ['number', 12.5, 12.5],
    ['number', '12345678901234567890.5', '12345678901234567890.5'],
    ['number', null, null],
  ])('%s: %j', (type, value, expected) => {
    expect(toNormal(type, value)).toEqual({ value: expected });
  });

  it.each<[FieldType, JsonValue]>([
    ['text', { a: 1 }],
    ['list', ['a']],
    ['date', '2023-02-29'],
    ['date', 'yesterday'],
    ['date', 1e20],
    ['date-time', '2024-05-01'],
    ['date-time', -1e15],
    ['boolean', 'yes'],
    ['number', '1e5'],
    ['number', true],
  ])('%s: %j is refused with a sentence', (type, value) => {
    expect(toNormal(type, value)).toEqual({ error: expect.stringMatching(/ is not .+\.$/) });
  });
});

describe('a mapping', () => {
  const { Account } = MAPPINGS;

  it('keeps null apart from absent, and one field’s trouble from the others', () => {
    const record = { Name: 'Acme', ParentId: null, CreatedDate: 'soon', Unmapped__c: 1 };
    expect(applyMapping(Account, record)).toEqual({
      values: { name: 'Acme', parent_id: null },
      errors: { created_date: '"soon" is not a time.' },
    });
  });

  it('takes the first of two sources that has a value', () => {
    const ssoOf = (record: Record<string, JsonValue>) =>
      applyMapping(Account, record).values.sso_id;
    expect(ssoOf({ SSO_ID_Comp__c: null, SSO_ID_SR__c: 'r' })).toBe('r');
    expect(ssoOf({ SSO_ID_Comp__c: '', SSO_ID_SR__c: 'r' })).toBe('r');
    expect(ssoOf({ SSO_ID_Comp__c: 'c', SSO_ID_SR__c: 'r' })).toBe('c');
    expect(ssoOf({ SSO_ID_SR__c: null })).toBe(null);
    expect(ssoOf({})).toBe(undefined);
  });

  it.each(Object.entries(MAPPINGS))('of %s is well-formed', (_, mapping) => {
    expect(fieldMappingSchema.parse(mapping)).toEqual(mapping);
    expect(mapping.fields.map(({ name }) => name)).toContain(mapping.title);
  });
});
