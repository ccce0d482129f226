import type { MarkedTopology } from './topology.ts';

/** What a topology is narrowed to; empty: not at all. */
export type TopologyFilter = { readonly q: string; readonly kinds: readonly string[] };

/**
 * The services whose name has all words of `q` and that are of one of the kinds, with the links between
 * them. Pure.
 */
export function filterTopology(
  { nodes, edges }: MarkedTopology,
  { q, kinds }: TopologyFilter,
): MarkedTopology {
  const shown = nodes.filter(
    ({ name, kind }) => hasWords(name, q) && (kinds.length === 0 || kinds.includes(kind)),
  );
  const names = new Set(shown.map(({ name }) => name));
  return {
    nodes: shown,
    edges: edges.filter(({ source, target }) => names.has(source) && names.has(target)),
  };
}

/** How many services of each kind have all words of `q`, the most frequent kind first. Pure. */
export function countKinds(
  { nodes }: MarkedTopology,
  q: string,
): { readonly value: string; readonly count: number }[] {
  const counts = new Map<string, number>();
  for (const { name, kind } of nodes) {
    if (hasWords(name, q)) {
      counts.set(kind, (counts.get(kind) ?? 0) + 1);
    }
  }
  return [...counts]
    .map(([value, count]) => ({ value, count }))
    .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
}

/** How many services there are at the step: those that it removed are shown, and are none any more. Pure. */
export function countServices({ nodes }: MarkedTopology): number {
  return nodes.filter(({ mark }) => mark !== 'removed').length;
}

function hasWords(name: string, q: string): boolean {
  return q
    .toLowerCase()
    .split(/\s+/)
    .every((word) => name.includes(word));
}
