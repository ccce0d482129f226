import { type EdgeLabel, Graph, type GraphLabel, layout, type NodeLabel } from '@dagrejs/dagre';
import type { TopologyEdge } from '#lib/modules/projects/topology.ts';
import type { TopologyOutline } from '#lib/modules/projects/topology-outline.ts';

export type Point = { readonly x: number; readonly y: number };

/** The way of a link, from the border of one service to that of the other, and where its marks stand. */
export type Way = { readonly points: readonly Point[]; readonly mark: Point };

/** Where everything has its place. */
export type TopologyLayout = {
  /** The upper left corner of each service, by its name. */
  readonly places: ReadonlyMap<string, Point>;
  /** By `toLinkId`. */
  readonly ways: ReadonlyMap<string, Way>;
  /** How high all of it is. */
  readonly height: number;
};

/** How large a service is drawn. */
export const SERVICE_SIZE = { width: 176, height: 62 };

/** Room for the marks on a link. */
const MARK_SIZE = { width: 44, height: 22 };

/** A link's id; names of services have no blank. */
export function toLinkId({ source, target }: TopologyEdge): string {
  return `${source} ${target}`;
}

/**
 * Places services in layers, so that links lead from left to right (LR) or from top to bottom (TB), but
 * for those that close a cycle. The same outline is always laid out in the same way. Pure.
 */
export function layoutTopology(outline: TopologyOutline, direction: 'LR' | 'TB'): TopologyLayout {
  // Links there and back between the same services need a way each.
  const graph = new Graph<GraphLabel, NodeLabel, EdgeLabel>({ multigraph: true });
  graph.setGraph({ rankdir: direction, nodesep: 28, ranksep: 72, edgesep: 20 });
  for (const name of outline.names) {
    graph.setNode(name, { ...SERVICE_SIZE });
  }
  for (const { source, target } of outline.edges) {
    graph.setEdge(source, target, { ...MARK_SIZE, labelpos: 'c' }, 'link');
  }
  layout(graph);
  return {
    height: graph.graph().height ?? 0,
    places: new Map(
      outline.names.map((name) => {
        const { x = 0, y = 0 } = graph.node(name);
        return [name, { x: x - SERVICE_SIZE.width / 2, y: y - SERVICE_SIZE.height / 2 }];
      }),
    ),
    ways: new Map(
      outline.edges.map((edge) => {
        const { points = [], x = 0, y = 0 } = graph.edge(edge.source, edge.target, 'link');
        return [toLinkId(edge), { points, mark: { x, y } }];
      }),
    ),
  };
}
