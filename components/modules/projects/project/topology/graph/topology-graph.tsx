'use client';

import '@xyflow/react/dist/base.css';
import { Box, useMantineTheme } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { type NodeChange, ReactFlow, ReactFlowProvider } from '@xyflow/react';
import { type KeyboardEvent, useMemo } from 'react';
import {
  extendOutline,
  type TopologyOutline,
  toOutline,
} from '#lib/modules/projects/topology-outline.ts';
import type { TopologyPictureProps } from '../topology-table.tsx';
import { GraphControls } from './graph-controls.tsx';
import { GraphLegend } from './graph-legend.tsx';
import { layoutTopology } from './layout-topology.ts';
import { LinkEdge } from './link-edge.tsx';
import { ServiceNode } from './service-node.tsx';
import { type ServiceNode as FlowNode, toFlow } from './to-flow.ts';
import classes from './topology-graph.module.css';

const NODE_TYPES = { service: ServiceNode };
const EDGE_TYPES = { link: LinkEdge };
const FIT = { padding: 0.06, maxZoom: 1 };

/** Around a picture that is smaller than its frame, in pixels. */
const MARGIN = 96;

export type TopologyGraphProps = TopologyPictureProps & {
  /** All that has a place in the picture, also while it is not there. */
  outline: TopologyOutline;
};

/** Services and links as a picture to pan and zoom, in which everything keeps its place through time. */
export function TopologyGraph(props: TopologyGraphProps) {
  const { topology, outline, cycles, chosen, onChoose } = props;
  const { breakpoints } = useMantineTheme();
  const isNarrow = useMediaQuery(`(max-width: ${breakpoints.sm})`, false, {
    getInitialValueInEffect: false,
  });
  const direction = isNarrow ? 'TB' : 'LR';
  const whole = useMemo(() => extendOutline(outline, toOutline(topology)), [outline, topology]);
  const layout = useMemo(() => layoutTopology(whole, direction), [whole, direction]);
  const flow = useMemo(
    () => toFlow(topology, layout, cycles, chosen),
    [topology, layout, cycles, chosen],
  );

  function change(changes: readonly NodeChange<FlowNode>[]) {
    const selections = changes.flatMap((each) => (each.type === 'select' ? [each] : []));
    if (selections.length > 0) {
      onChoose(selections.find(({ selected }) => selected)?.id ?? null);
    }
  }

  return (
    <ReactFlowProvider>
      <div>
        <div className={classes.bar}>
          <GraphLegend />
          <GraphControls fit={FIT} />
        </div>
        <Box className={classes.graph} __vars={{ '--natural': `${layout.height + MARGIN}px` }}>
          <ReactFlow
            key={direction}
            aria-label="Topology as a graph; the table says the same in words"
            nodes={flow.nodes}
            edges={flow.edges}
            nodeTypes={NODE_TYPES}
            edgeTypes={EDGE_TYPES}
            onNodesChange={change}
            onKeyDown={keepSpace}
            fitView
            fitViewOptions={FIT}
            minZoom={0.1}
            nodesDraggable={false}
            nodesConnectable={false}
            edgesFocusable={false}
            // The page's wheel stays the page's; with Ctrl, as by two fingers, it zooms.
            zoomOnScroll={false}
            preventScrolling={false}
            deleteKeyCode={null}
            selectionKeyCode={null}
            multiSelectionKeyCode={null}
            panActivationKeyCode={null}
          />
        </Box>
      </div>
    </ReactFlowProvider>
  );
}

/** Space chooses the service in focus, and does not turn the page. */
function keepSpace(event: KeyboardEvent<HTMLElement>) {
  if (event.key === ' ' && event.target instanceof Element && event.target.role === 'button') {
    event.preventDefault();
  }
}
