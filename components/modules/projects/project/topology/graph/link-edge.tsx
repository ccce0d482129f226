import { EdgeLabelRenderer, type EdgeProps } from '@xyflow/react';
import { CYCLE, MARKS } from '../marks.ts';
import { toArrow, toLinkPath } from './link-path.ts';
import type { LinkEdge as FlowEdge } from './to-flow.ts';
import classes from './topology-graph.module.css';

/** A link in the graph, with an arrow at the service that is used, and its marks in the middle. */
export function LinkEdge({ data }: EdgeProps<FlowEdge>) {
  if (data === undefined) {
    return null;
  }
  const { mark, isInCycle, way } = data;
  const { x, y, angle } = toArrow(way.points);
  const { sign, text, tone } = MARKS[mark];
  return (
    <>
      <g
        className={`${classes.link} ${classes.tone}`}
        data-mark={mark}
        data-tone={mark === 'same' && isInCycle ? 'cycle' : tone}
      >
        <path className={classes.way} d={toLinkPath(way.points)} />
        <path
          className={classes.arrow}
          d="M 1 0 L -9 -5 L -9 5 Z"
          transform={`translate(${x} ${y}) rotate(${angle})`}
        />
      </g>
      {mark === 'same' && !isInCycle ? null : (
        <EdgeLabelRenderer>
          {/* What it says is in the name of the link. */}
          <div
            aria-hidden
            className={classes.signs}
            style={{
              transform: `translate(-50%, -50%) translate(${way.mark.x}px, ${way.mark.y}px)`,
            }}
          >
            {mark === 'same' ? null : (
              <span className={`${classes.sign} ${classes.tone}`} data-tone={tone} title={text}>
                {sign}
              </span>
            )}
            {isInCycle ? (
              <span
                className={`${classes.sign} ${classes.tone}`}
                data-tone="cycle"
                title={CYCLE.text}
              >
                {CYCLE.sign}
              </span>
            ) : null}
          </div>
        </EdgeLabelRenderer>
      )}
    </>
  );
}
