import { Graph, type GraphLabel, layout, type NodeLabel } from '@dagrejs/dagre';
import type { TraceEdge, TraceNode } from './to-trace-outline.ts';

/** How large a box is drawn. */
export const BOX_SIZE = { width: 216, height: 58 };

export type TraceLayout = {
  /** The upper left corner of each box, by its id. */
  readonly places: ReadonlyMap<string, { readonly x: number; readonly y: number }>;
  readonly height: number;
};

/** Places commands, events and views in layers, from left to right. Pure. */
export function layoutTrace(nodes: readonly TraceNode[], edges: readonly TraceEdge[]): TraceLayout {
  const graph = new Graph<GraphLabel, NodeLabel, object>();
  graph.setGraph({ rankdir: 'LR', nodesep: 14, ranksep: 84 });
  for (const { id } of nodes) {
    graph.setNode(id, { ...BOX_SIZE });
  }
  for (const { source, target } of edges) {
    graph.setEdge(source, target, {});
  }
  layout(graph);
  return {
    height: graph.graph().height ?? 0,
    places: new Map(
      nodes.map(({ id }) => {
        const { x = 0, y = 0 } = graph.node(id);
        return [id, { x: x - BOX_SIZE.width / 2, y: y - BOX_SIZE.height / 2 }];
      }),
    ),
  };
}
