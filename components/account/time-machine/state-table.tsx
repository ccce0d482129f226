'use client';

import { Money } from '#components/ui/money.tsx';
import { Time } from '#components/ui/time.tsx';
import { toEventTypeName } from '#lib/event-sentence.ts';
import { diffFields, type FieldChange } from './diff-fields.ts';
import classes from './state-table.module.css';

export type StateTableProps = {
  /** The state that it is compared with; undefined while that is not there. */
  before: Readonly<Record<string, string>> | undefined;
  after: Readonly<Record<string, string>>;
  currency: string;
};

/** A folded state field by field; a field that changed shows what it was as well. */
export function StateTable({ before, after, currency }: StateTableProps) {
  return (
    <table className={classes.table}>
      <tbody>
        {diffFields(before, after).map((change) => (
          <tr key={change.field} data-changed={change.changed || undefined}>
            <th scope="row">{toEventTypeName(change.field)}</th>
            <td>
              <Change change={change} currency={currency} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Change({ change, currency }: { change: FieldChange; currency: string }) {
  const { field, before, after, changed } = change;
  if (!changed) {
    return <Value field={field} value={after} currency={currency} />;
  }
  return (
    <span className={classes.change}>
      <del>
        <Value field={field} value={before} currency={currency} />
      </del>
      <span className={classes.arrow}>→</span>
      <ins className={classes.after}>
        <Value field={field} value={after} currency={currency} />
      </ins>
      {isAmount(field) && before !== undefined && after !== undefined ? (
        <span className={classes.delta}>
          <Money amount={(BigInt(after) - BigInt(before)).toString()} currency={currency} signed />
        </span>
      ) : null}
    </span>
  );
}

function Value({
  field,
  value,
  currency,
}: {
  field: string;
  value: string | undefined;
  currency: string;
}) {
  if (value === undefined) {
    return <span className={classes.none}>none</span>;
  }
  if (isAmount(field)) {
    return <Money amount={value} currency={currency} />;
  }
  return field.endsWith('At') ? <Time iso={value} precision="millisecond" /> : value;
}

/** The fields of a state that are minor units. */
function isAmount(field: string): boolean {
  return field === 'balance' || field === 'overdraftLimit';
}
