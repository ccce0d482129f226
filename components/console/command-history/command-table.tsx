'use client';

import Link from 'next/link';
import type { MouseEvent, ReactNode, RefObject } from 'react';
import { useConsole } from '#components/console/use-console.tsx';
import { StatusBadge } from '#components/ui/status-badge.tsx';
import { Time } from '#components/ui/time.tsx';
import type { CommandItem } from '#lib/contracts/command-history.ts';
import { countOf } from '#lib/count-format.ts';
import { toEventTypeName } from '#lib/event-type-name.ts';
import { AggregateLinks } from './aggregate-links.tsx';
import classes from './command-table.module.css';
import { toCommandHref, toOutcomeWords } from './command-words.ts';

export type CommandTableProps = {
  items: readonly CommandItem[];
  selectedId: string | null;
  stale: boolean;
  onOpen: (item: CommandItem) => void;
  /** Whether the pointer or the focus is on the rows. */
  onHold: (held: boolean) => void;
  tableRef: RefObject<HTMLTableElement | null>;
  pill: ReactNode;
};

/** Commands, one in a line: when, what, of what, by whom, and what came of it. */
export function CommandTable(props: CommandTableProps) {
  const { items, selectedId, stale, onOpen, onHold, tableRef, pill } = props;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: pointing only holds the rows still
    <div
      className={classes.place}
      data-stale={stale || undefined}
      onPointerEnter={() => onHold(true)}
      onPointerLeave={() => onHold(false)}
      onFocus={() => onHold(true)}
      onBlur={() => onHold(false)}
    >
      {pill}
      <table className={classes.table} aria-label="Commands" ref={tableRef}>
        <thead>
          <tr>
            <th scope="col">Command</th>
            <th scope="col">Outcome</th>
            <th scope="col">Of</th>
            <th scope="col">Actor</th>
            <th scope="col">When</th>
          </tr>
        </thead>
        <tbody>
          {items.map((item) => (
            <CommandRow
              key={item.id}
              item={item}
              selected={item.id === selectedId}
              onOpen={onOpen}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}

type RowProps = { item: CommandItem; selected: boolean; onOpen: (item: CommandItem) => void };

function CommandRow({ item, selected, onOpen }: RowProps) {
  const { toSentence } = useConsole();
  const { tone, text } = toOutcomeWords(item);
  const [first] = item.events;
  function open(event: MouseEvent) {
    if (!(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey)) {
      event.preventDefault();
      onOpen(item);
    }
  }
  return (
    <tr className={classes.row} data-selected={selected || undefined}>
      <td className={classes.what}>
        <Link
          href={toCommandHref(item.id, item.correlationId ?? undefined)}
          className={classes.name}
          prefetch={false}
          scroll={false}
          data-row-link
          onClick={open}
        >
          {toEventTypeName(item.commandType)}
        </Link>
        <span className={classes.note}>{item.rule?.sentence ?? (first && toSentence(first))}</span>
      </td>
      <td className={classes.outcome}>
        <StatusBadge tone={tone}>{text}</StatusBadge>
        {item.rule ? <code className={classes.rule}>{item.rule.code}</code> : null}
        {item.missed > 0 ? <Missed count={item.missed} /> : null}
      </td>
      <td className={classes.of}>
        <AggregateLinks ids={item.aggregateIds} />
      </td>
      <td className={classes.actor}>{item.actor}</td>
      <td className={classes.time}>
        <Time iso={item.at} />
      </td>
    </tr>
  );
}

const WHY_MISSED =
  'Too many commands were refused at once, or DynamoDB did not answer: these are not in the history.';

function Missed({ count }: { count: number }) {
  return (
    <span className={classes.missed} title={WHY_MISSED}>
      {countOf(count, 'refusal')} before it not kept
    </span>
  );
}
