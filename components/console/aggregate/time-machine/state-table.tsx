'use client';

import type { ReactNode } from 'react';
import { Time } from '#components/ui/time.tsx';
import { toEventTypeName } from '#lib/event-type-name.ts';
import { diffFields, type FieldChange } from './diff-fields.ts';
import classes from './state-table.module.css';
import type { StateProps, TimeMachineParts } from './time-machine-parts.ts';

export type StateTableProps = StateProps & { parts: TimeMachineParts };

/** A folded state field by field; a field that changed shows what it was as well. */
export function StateTable({ before, after, parts }: StateTableProps) {
  return (
    <table className={classes.table}>
      <tbody>
        {diffFields(before, after, parts.order).map((change) => (
          <tr key={change.field} data-changed={change.changed || undefined}>
            <th scope="row">{toFieldName(change.field)}</th>
            <td>
              <Change change={change} parts={parts} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** "services.web.kind" stays as it is: its parts are names that people gave. */
function toFieldName(field: string): string {
  return field.includes('.') ? field : toEventTypeName(field);
}

function Change({ change, parts }: { change: FieldChange; parts: TimeMachineParts }) {
  const { field, before, after, changed } = change;
  if (!changed) {
    return <Value field={field} value={after} parts={parts} />;
  }
  const delta = parts.toDelta?.(change);
  return (
    <span className={classes.change}>
      <del>
        <Value field={field} value={before} parts={parts} />
      </del>
      <span className={classes.arrow}>→</span>
      <ins className={classes.after}>
        <Value field={field} value={after} parts={parts} />
      </ins>
      {delta === undefined ? null : <span className={classes.delta}>{delta}</span>}
    </span>
  );
}

type ValueProps = { field: string; value: string | undefined; parts: TimeMachineParts };

function Value({ field, value, parts }: ValueProps): ReactNode {
  if (value === undefined) {
    return <span className={classes.none}>none</span>;
  }
  const own = parts.toValue?.(field, value);
  if (own !== undefined) {
    return own;
  }
  return field.endsWith('At') && !Number.isNaN(Date.parse(value)) ? (
    <Time iso={value} precision="millisecond" />
  ) : (
    value
  );
}
