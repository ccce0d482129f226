/** A value of a dimension that a list can be narrowed to, and how many rows have it. */
export type Facet = { value: string; count: number };

/** How many rows have these values of two dimensions. */
type Cell = { readonly one: string; readonly other: string; readonly count: number };

/**
 * A list's total and facets out of one count by two dimensions, so that a large table is read once
 * and not three times. The cells are those of the filter without the two dimensions; `chosen` is
 * what each is narrowed to (empty: not at all). The total respects both, a facet the other one only.
 */
export function toFacets(
  cells: readonly Cell[],
  chosen: { readonly one: readonly string[]; readonly other: readonly string[] },
): { total: number; one: Facet[]; other: Facet[] } {
  const isIn = (values: readonly string[], value: string) =>
    values.length === 0 || values.includes(value);
  const ofOne = cells.filter(({ one }) => isIn(chosen.one, one));
  const ofOther = cells.filter(({ other }) => isIn(chosen.other, other));
  return {
    total: ofOne
      .filter(({ other }) => isIn(chosen.other, other))
      .reduce((sum, cell) => sum + cell.count, 0),
    one: sumUp(ofOther.map(({ one, count }) => ({ value: one, count }))),
    other: sumUp(ofOne.map(({ other, count }) => ({ value: other, count }))),
  };
}

/** One facet per value, the most frequent first. */
function sumUp(facets: readonly Facet[]): Facet[] {
  const counts = new Map<string, number>();
  for (const { value, count } of facets) {
    counts.set(value, (counts.get(value) ?? 0) + count);
  }
  return [...counts]
    .map(([value, count]) => ({ value, count }))
    .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
}
