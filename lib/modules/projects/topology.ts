import type { Blueprint, Configuration } from '../templates/blueprint.ts';
import type { ProjectState } from './project-state.ts';

export type TopologyNode = {
  readonly name: string;
  readonly kind: string;
  readonly configuration: Configuration;
};

/** `source` uses `target`. */
export type TopologyEdge = { readonly source: string; readonly target: string };

/** A project as a graph: nodes by their names, edges by their ends. */
export type Topology = {
  readonly nodes: readonly TopologyNode[];
  readonly edges: readonly TopologyEdge[];
};

/** What a part was before; changed: the same service with another kind or configuration. */
export type Mark = 'added' | 'removed' | 'changed' | 'same';

export type MarkedTopology = {
  readonly nodes: readonly (TopologyNode & { readonly mark: Mark })[];
  readonly edges: readonly (TopologyEdge & { readonly mark: Exclude<Mark, 'changed'> })[];
};

/** The services and links of a project as a graph; of one that does not exist, nothing. Pure. */
export function toTopology(state: ProjectState): Topology {
  return state.status === 'missing' ? { nodes: [], edges: [] } : toGraph(state);
}

/** Services and links as a graph, in the order of their names. */
export function toGraph({ services, links }: Pick<Blueprint, 'services' | 'links'>): Topology {
  return {
    nodes: services
      .map(({ name, kind, configuration }) => ({ name, kind, configuration }))
      .sort((a, b) => compare(a.name, b.name)),
    edges: links
      .map(({ from, to }) => ({ source: from, target: to }))
      .sort((a, b) => compare(a.source, b.source) || compare(a.target, b.target)),
  };
}

/** All that is in either topology, each with what became of it from `before` to `after`. Pure. */
export function diffTopologies(before: Topology, after: Topology): MarkedTopology {
  const oldNodes = new Map(before.nodes.map((node) => [node.name, node]));
  const newNames = new Set(after.nodes.map(({ name }) => name));
  const oldEdges = new Set(before.edges.map(toKey));
  const newEdges = new Set(after.edges.map(toKey));
  const nodes: MarkedTopology['nodes'] = [
    ...after.nodes.map((node) => ({ ...node, mark: markOf(oldNodes.get(node.name), node) })),
    ...before.nodes
      .filter(({ name }) => !newNames.has(name))
      .map((node) => ({ ...node, mark: 'removed' as const })),
  ];
  const edges: MarkedTopology['edges'] = [
    ...after.edges.map((edge) => ({
      ...edge,
      mark: oldEdges.has(toKey(edge)) ? ('same' as const) : ('added' as const),
    })),
    ...before.edges
      .filter((edge) => !newEdges.has(toKey(edge)))
      .map((edge) => ({ ...edge, mark: 'removed' as const })),
  ];
  return {
    nodes: nodes.toSorted((a, b) => compare(a.name, b.name)),
    edges: edges.toSorted((a, b) => compare(a.source, b.source) || compare(a.target, b.target)),
  };
}

function markOf(old: TopologyNode | undefined, node: TopologyNode): Mark {
  if (old === undefined) {
    return 'added';
  }
  return isSame(old, node) ? 'same' : 'changed';
}

function isSame(a: TopologyNode, b: TopologyNode): boolean {
  const entries = Object.entries(a.configuration);
  return (
    a.kind === b.kind &&
    entries.length === Object.keys(b.configuration).length &&
    entries.every(([key, value]) => b.configuration[key] === value)
  );
}

/** Names of services have no blank. */
function toKey({ source, target }: TopologyEdge): string {
  return `${source} ${target}`;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
