import type { JsonValue } from '#lib/modules/crm/json-value.ts';

const ADDRESS_PARTS = [
  'Street',
  'City',
  'State',
  'StateCode',
  'PostalCode',
  'Country',
  'CountryCode',
  'Latitude',
  'Longitude',
  'GeocodeAccuracy',
] as const;

/**
 * The name that a part of a compound field has in the REST API, where records are flat: `BillingCity` for
 * `BillingAddress.City`, `FirstName` for `Name.FirstName`, `Place__Latitude__s` for `Place__c.Latitude`.
 */
export function toFlatName(compound: string, part: string): string {
  if (compound === 'Name') {
    return part;
  }
  if (compound.endsWith('Address')) {
    return `${compound.slice(0, -'Address'.length)}${part}`;
  }
  return compound.endsWith('__c') ? `${compound.slice(0, -3)}__${part}__s` : `${compound}.${part}`;
}

/** A field's value, or those of its parts where it is a compound one; `path` is its name in a change event. */
export type FlatField = {
  readonly path: string;
  readonly name: string;
  readonly value: JsonValue;
};

/**
 * A payload's fields by the names of the REST API. Compound fields come as objects of the parts that they
 * have; an address that is null has none of its parts. Pure.
 */
export function toFlatFields(payload: { readonly [name: string]: JsonValue }): FlatField[] {
  return Object.entries(payload).flatMap(([name, value]): FlatField[] => {
    if (isObject(value)) {
      return Object.entries(value).map(([part, each]) => ({
        path: `${name}.${part}`,
        name: toFlatName(name, part),
        value: each,
      }));
    }
    if (value === null && name.endsWith('Address')) {
      return ADDRESS_PARTS.map((part) => ({ path: name, name: toFlatName(name, part), value }));
    }
    return [{ path: name, name, value }];
  });
}

function isObject(value: JsonValue): value is { readonly [name: string]: JsonValue } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
