import { Handle, type NodeProps, Position } from '@xyflow/react';
import { MARKS } from '../marks.ts';
import type { ServiceNode as FlowNode } from './to-flow.ts';
import classes from './topology-graph.module.css';

/** A service in the graph: its name, its kind, and what the event did to it. */
export function ServiceNode({ id, data, selected }: NodeProps<FlowNode>) {
  const { sign, text, tone } = MARKS[data.mark];
  return (
    <div
      className={`${classes.service} ${classes.tone}`}
      data-mark={data.mark}
      data-tone={tone}
      data-chosen={selected}
    >
      {/* The library draws links only where it finds these; the layout says where they begin and end. */}
      <Handle type="target" position={Position.Left} className={classes.handle ?? ''} />
      <span className={classes.name} data-mark={data.mark}>
        {id}
      </span>
      <span className={classes.line}>
        <span className={classes.kind}>{data.kind}</span>
        {data.mark === 'same' ? null : (
          <span className={classes.mark}>
            <span aria-hidden>{sign}</span> {text}
          </span>
        )}
      </span>
      <Handle type="source" position={Position.Right} className={classes.handle ?? ''} />
    </div>
  );
}
