import type { Topology, TopologyEdge } from './topology.ts';

/** Which services and links there are, or were at some time: what a picture must have room for. */
export type TopologyOutline = {
  readonly names: readonly string[];
  readonly edges: readonly TopologyEdge[];
};

/** So many events are looked at by one question for the outline of a history. */
export const OUTLINE_BLOCK = 1_000;

/** The ranges of sequences by which the outline of `version` events is asked for, both ends included. Pure. */
export function toOutlineBlocks(version: number): { readonly from: number; readonly to: number }[] {
  return Array.from({ length: Math.ceil(version / OUTLINE_BLOCK) }, (_, index) => ({
    from: index * OUTLINE_BLOCK + 1,
    to: Math.min((index + 1) * OUTLINE_BLOCK, version),
  }));
}

/**
 * An outline that one picture has room for: of a history with more services and links, which nobody could
 * see at once and a browser takes seconds to lay out, nothing; the picture then has what there is at its
 * event. Pure.
 */
export function toRoom(outline: TopologyOutline): TopologyOutline {
  return outline.names.length + outline.edges.length > MOST_PLACES ? NOTHING : outline;
}

const MOST_PLACES = 200;
const NOTHING: TopologyOutline = { names: [], edges: [] };

/** All services and links of several outlines, each once, in the order of their names. Pure. */
export function mergeOutlines(outlines: Iterable<TopologyOutline>): TopologyOutline {
  const names = new Set<string>();
  const edges = new Map<string, TopologyEdge>();
  for (const outline of outlines) {
    for (const name of outline.names) {
      names.add(name);
    }
    for (const { source, target } of outline.edges) {
      edges.set(`${source} ${target}`, { source, target });
    }
  }
  return {
    names: [...names].sort(),
    edges: [...edges].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, edge]) => edge),
  };
}

/** An outline with room for `more` as well; the same object when it has that already. Pure. */
export function extendOutline(outline: TopologyOutline, more: TopologyOutline): TopologyOutline {
  const all = mergeOutlines([outline, more]);
  const isNew = all.names.length > outline.names.length || all.edges.length > outline.edges.length;
  return isNew ? all : outline;
}

/** A topology without what its services are. Pure. */
export function toOutline({ nodes, edges }: Topology): TopologyOutline {
  return { names: nodes.map(({ name }) => name), edges };
}
