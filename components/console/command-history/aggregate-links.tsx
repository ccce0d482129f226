'use client';

import Link from 'next/link';
import { useConsole } from '#components/console/use-console.tsx';
import classes from './command-table.module.css';

/** So many stand in a line of the table. */
const SHOWN = 2;

/** The aggregates of a command by their names, each with the way to it. */
export function AggregateLinks({ ids, all = false }: { ids: readonly string[]; all?: boolean }) {
  const { nameAggregate } = useConsole();
  const shown = all ? ids : ids.slice(0, SHOWN);
  const rest = ids.length - shown.length;
  return (
    <>
      {shown.map((aggregateId) => {
        const { id, href, label } = nameAggregate(aggregateId);
        return (
          <Link
            key={aggregateId}
            href={href}
            className={classes.aggregate}
            prefetch={false}
            title={label}
          >
            {id}
          </Link>
        );
      })}
      {rest > 0 ? <span title={ids.slice(SHOWN).join(', ')}>+{rest}</span> : null}
      {ids.length === 0 ? <span aria-hidden>–</span> : null}
    </>
  );
}
