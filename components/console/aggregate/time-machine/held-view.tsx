'use client';

import { Button } from '@mantine/core';
import { useState } from 'react';
import { useConsole } from '#components/console/use-console.tsx';
import { StatusBadge } from '#components/ui/status-badge.tsx';
import type { ViewsAt } from '#lib/contracts/aggregates.ts';
import { countOf, formatCount } from '#lib/count-format.ts';
import { toEventTypeName } from '#lib/event-type-name.ts';
import { compareWithFold } from './compare-with-fold.ts';
import classes from './views-at.module.css';

type Held = ViewsAt['views'][number];
type Table = Held['tables'][number];

/** Of several rows, so many are shown at first: the newest. */
const SHOWN_ROWS = 3;

export type HeldViewProps = {
  held: Held;
  /** What the fold says, to compare with; null while it is not of the same event. */
  state: Readonly<Record<string, string>> | null;
};

/** What one view held, table by table. */
export function HeldView({ held: { view, database, tables, problem }, state }: HeldViewProps) {
  const { nameView } = useConsole();
  const different = tables.flatMap(({ rows, count }) =>
    count === 1 && rows[0] && state ? [...compareWithFold(rows[0], state)] : [],
  );
  return (
    <article className={classes.view} aria-label={nameView(view).label}>
      <h4 className={classes.name}>
        {nameView(view).label}
        <span className={classes.hint}>{database}</span>
        {different.length > 0 ? (
          <StatusBadge tone="warn">
            {countOf(different.length, 'field')} unlike the state
          </StatusBadge>
        ) : null}
      </h4>
      {problem === null ? null : <p className={classes.problem}>{problem}</p>}
      {tables.map((table) => (
        <HeldTable key={table.name} table={table} different={new Set(different)} />
      ))}
    </article>
  );
}

type HeldTableProps = { table: Table; different: ReadonlySet<string> };

/** One row as names and values; several under their names. */
function HeldTable({ table: { name, rows, count }, different }: HeldTableProps) {
  const [isWhole, setWhole] = useState(false);
  const [first] = rows;
  if (first === undefined) {
    return <p className={classes.hint}>No row in {name}</p>;
  }
  if (count === 1) {
    return (
      <table className={classes.fields}>
        <tbody>
          {Object.entries(first).map(([field, value]) => (
            <tr key={field} data-different={different.has(field) || undefined}>
              <th scope="row">{toEventTypeName(field)}</th>
              <td>
                {toText(value)}
                {different.has(field) ? <span className={classes.mark}>not as folded</span> : null}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    );
  }
  const names = Object.keys(first);
  const shown = isWhole ? rows : rows.slice(-SHOWN_ROWS);
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keys */}
      <section tabIndex={0} aria-label={`Rows of ${name}`} className={classes.scroll}>
        <table className={classes.rows}>
          <thead>
            <tr>
              {names.map((field) => (
                <th key={field} scope="col">
                  {toEventTypeName(field)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((row) => (
              <tr key={JSON.stringify(row)}>
                {names.map((field) => (
                  <td key={field}>{toText(row[field])}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <p className={classes.hint}>
        {`The last ${shown.length} of ${formatCount(count)} rows of ${name}`}
        {rows.length > shown.length ? (
          <Button variant="subtle" size="compact-xs" onClick={() => setWhole(true)}>
            Show {rows.length}
          </Button>
        ) : null}
      </p>
    </>
  );
}

function toText(value: unknown): string {
  if (value === null || value === undefined) {
    return '–';
  }
  return typeof value === 'object' ? JSON.stringify(value) : `${value}`;
}
