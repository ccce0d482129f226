import type { Topology, TopologyEdge } from './topology.ts';

export type TopologyCycles = {
  /** Services that reach each other by links, each group and the groups in the order of their names. */
  readonly groups: readonly (readonly string[])[];
  /** Whether a link is part of a cycle: its target reaches its source. */
  readonly has: (edge: TopologyEdge) => boolean;
};

type Visit = { readonly index: number; lowest: number };

/**
 * The cycles of a topology: its strongly connected components of more than one service, by Tarjan's
 * algorithm. It calls itself as deep as services use each other, and a project has few enough of them.
 * Links to services that are not there count for nothing. Pure.
 */
export function findCycles({ nodes, edges }: Topology): TopologyCycles {
  const targets = new Map<string, string[]>(nodes.map(({ name }) => [name, []]));
  for (const { source, target } of edges) {
    if (targets.has(target)) {
      targets.get(source)?.push(target);
    }
  }
  const visits = new Map<string, Visit>();
  const groupOf = new Map<string, readonly string[]>();
  /** Visited, and not yet in a group. */
  const open: string[] = [];

  function visit(name: string): Visit {
    const own = { index: visits.size, lowest: visits.size };
    visits.set(name, own);
    open.push(name);
    for (const target of targets.get(name) ?? []) {
      const seen = visits.get(target);
      if (seen === undefined) {
        own.lowest = Math.min(own.lowest, visit(target).lowest);
      } else if (!groupOf.has(target)) {
        own.lowest = Math.min(own.lowest, seen.index);
      }
    }
    if (own.lowest === own.index) {
      const group = open.splice(open.indexOf(name)).sort();
      for (const member of group) {
        groupOf.set(member, group);
      }
    }
    return own;
  }

  for (const { name } of nodes) {
    if (!visits.has(name)) {
      visit(name);
    }
  }
  return {
    groups: [...new Set(groupOf.values())]
      .filter(({ length }) => length > 1)
      .sort(([a = ''], [b = '']) => (a < b ? -1 : 1)),
    has: ({ source, target }) => {
      const group = groupOf.get(source);
      return source !== target && group !== undefined && group === groupOf.get(target);
    },
  };
}
