'use client';

import '@xyflow/react/dist/base.css';
import { Box } from '@mantine/core';
import { type Edge, Position, ReactFlow, ReactFlowProvider } from '@xyflow/react';
import { useMemo } from 'react';
import type { Trace } from '#lib/contracts/command-history.ts';
import { BOX_SIZE, layoutTrace } from './layout-trace.ts';
import { toTraceOutline } from './to-trace-outline.ts';
import { type FlowBox, TraceBox } from './trace-box.tsx';
import classes from './trace-graph.module.css';

const NODE_TYPES = { box: TraceBox };
const FIT = { padding: 0.05, maxZoom: 1 };

/** Around a picture that is smaller than its frame, in pixels. */
const MARGIN = 48;

/** A trace as a picture: commands, what they wrote, and the views that take it. The list says the same. */
export function TraceGraph({ trace }: { trace: Trace }) {
  const { nodes, edges, height } = useMemo(() => toFlow(trace), [trace]);
  return (
    <ReactFlowProvider>
      <Box className={classes.graph} __vars={{ '--natural': `${height + MARGIN}px` }}>
        <ReactFlow
          aria-label="Trace as a graph; the list says the same in words"
          nodes={nodes}
          edges={edges}
          nodeTypes={NODE_TYPES}
          fitView
          fitViewOptions={FIT}
          minZoom={0.1}
          nodesDraggable={false}
          nodesConnectable={false}
          nodesFocusable={false}
          edgesFocusable={false}
          elementsSelectable={false}
          zoomOnScroll={false}
          preventScrolling={false}
          deleteKeyCode={null}
          selectionKeyCode={null}
          multiSelectionKeyCode={null}
          panActivationKeyCode={null}
        />
      </Box>
    </ReactFlowProvider>
  );
}

function toFlow(trace: Trace) {
  const outline = toTraceOutline(trace);
  const { places, height } = layoutTrace(outline.nodes, outline.edges);
  const nodes = outline.nodes.map(
    (node): FlowBox => ({
      id: node.id,
      type: 'box',
      position: places.get(node.id) ?? { x: 0, y: 0 },
      ...BOX_SIZE,
      measured: BOX_SIZE,
      sourcePosition: Position.Right,
      targetPosition: Position.Left,
      data: { node },
    }),
  );
  const edges = outline.edges.map(
    ({ source, target }): Edge => ({ id: `${source} → ${target}`, source, target }),
  );
  return { nodes, edges, height };
}
