type Fields = Readonly<Record<string, string>>;

/**
 * The fields of a state as it travels, in which the items of a list stand under what each of them is known by
 * instead of its place: `services.web.kind` for `services.0.kind`, so that an item that comes in front of the
 * others changes none of them. A list in which that is not so of all items, or of two of them the same, stays
 * as it is. Pure.
 */
export function keyLists(fields: Fields): Fields {
  const keys = findKeys(fields);
  return Object.fromEntries(
    Object.entries(fields).map(([field, value]) => {
      const parts = field.split('.');
      const keyed = parts.map(
        (part, index) => keys.get(parts.slice(0, index).join('.'))?.get(part) ?? part,
      );
      return [keyed.join('.'), value];
    }),
  );
}

/** By the path of a list, what each of its places is known by. */
function findKeys(fields: Fields): ReadonlyMap<string, ReadonlyMap<string, string>> {
  const places = new Map<string, Map<string, string | undefined>>();
  for (const field of Object.keys(fields)) {
    const parts = field.split('.');
    for (const [index, part] of parts.entries()) {
      if (/^\d+$/.test(part)) {
        const list = parts.slice(0, index).join('.');
        const known = places.get(list) ?? new Map<string, string | undefined>();
        places.set(list, known.set(part, toKey(fields, `${list}.${part}`)));
      }
    }
  }
  const keys = new Map<string, ReadonlyMap<string, string>>();
  for (const [list, known] of places) {
    const found = [...known].flatMap(([place, key]) =>
      key === undefined ? [] : [[place, key] as const],
    );
    if (found.length === known.size && new Set(known.values()).size === known.size) {
      keys.set(list, new Map(found));
    }
  }
  return keys;
}

/** A name, an id, or the two ends of a link; undefined for an item that has none of these. */
function toKey(fields: Fields, item: string): string | undefined {
  const [from, to] = [fields[`${item}.from`], fields[`${item}.to`]];
  const ends = from !== undefined && to !== undefined ? `${from} → ${to}` : undefined;
  return fields[`${item}.name`] ?? fields[`${item}.id`] ?? ends;
}
