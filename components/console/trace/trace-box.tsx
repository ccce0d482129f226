import { Handle, type Node, type NodeProps, Position } from '@xyflow/react';
import Link from 'next/link';
import {
  DELIVERY_WORDS,
  toCommandHref,
} from '#components/console/command-history/command-words.ts';
import { useConsole } from '#components/console/use-console.tsx';
import { toEventTypeName } from '#lib/event-type-name.ts';
import type { TraceNode } from './to-trace-outline.ts';
import classes from './trace-graph.module.css';

/** A box as React Flow draws it. */
export type FlowBox = Node<{ readonly node: TraceNode }, 'box'>;

/** A command, an event or a view in the graph, with the way to its page. */
export function TraceBox({ data: { node } }: NodeProps<FlowBox>) {
  return (
    <div className={classes.box} data-kind={node.kind} data-tone={toTone(node)}>
      <Handle type="target" position={Position.Left} className={classes.handle ?? ''} />
      <Content node={node} />
      <Handle type="source" position={Position.Right} className={classes.handle ?? ''} />
    </div>
  );
}

function Content({ node }: { node: TraceNode }) {
  const { nameAggregate, nameView, toSentence } = useConsole();
  switch (node.kind) {
    case 'command': {
      const { id, commandType, actor, correlationId } = node.command;
      return (
        <>
          <Link className={classes.name} href={toCommandHref(id, correlationId ?? undefined)}>
            {toEventTypeName(commandType)}
          </Link>
          <span className={classes.line}>Command by {actor}</span>
        </>
      );
    }
    case 'event': {
      const { eventId, aggregateId } = node.event;
      const sentence = toSentence(node.event);
      return (
        <>
          <Link
            className={classes.name}
            href={`/events/${encodeURIComponent(eventId)}`}
            prefetch={false}
            title={sentence}
          >
            {sentence}
          </Link>
          <span className={classes.line}>{nameAggregate(aggregateId).label}</span>
        </>
      );
    }
    case 'view': {
      const { view, database, state } = node.view;
      return (
        <>
          <Link className={classes.name} href="/projections">
            {nameView(view).label}
          </Link>
          <span className={classes.line}>
            {database} · <strong>{DELIVERY_WORDS[state].text}</strong>
          </span>
        </>
      );
    }
  }
}

function toTone(node: TraceNode) {
  return node.kind === 'view' ? DELIVERY_WORDS[node.view.state].tone : undefined;
}
