'use client';

import { TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { FilterButtons, FilterPopover } from './filter-popover.tsx';

/** Both ends of a range, inclusive; empty where it is open. */
export type Range = { readonly from: string; readonly to: string };

export type RangeFilterProps = {
  label: string;
  /** "From" and "to", or "at least" and "at most". */
  names: readonly [string, string];
  type: 'date' | 'text';
  value: Range;
  onChange: (value: Range) => void;
  /** What is wrong with an end; null when nothing. */
  toProblem?: (text: string) => string | null;
};

/** A filter by a range of days or amounts. */
export function RangeFilter({ onChange, ...props }: RangeFilterProps) {
  const { label, value } = props;
  const said = [value.from, value.to].filter(Boolean).join(' – ');
  return (
    <FilterPopover label={label} said={said} isSet={said !== ''} onChange={onChange}>
      {(apply) => <RangeForm {...props} onChange={apply} />}
    </FilterPopover>
  );
}

function RangeForm({ label, names, type, value, onChange, toProblem }: RangeFilterProps) {
  const [range, setRange] = useState(value);
  const [isSent, setSent] = useState(false);
  const problemOf = (text: string) => (text.trim() === '' ? null : (toProblem?.(text) ?? null));
  const problems = [problemOf(range.from), problemOf(range.to)];
  function submit(event: FormEvent) {
    event.preventDefault();
    setSent(true);
    if (problems.every((problem) => problem === null)) {
      onChange({ from: range.from.trim(), to: range.to.trim() });
    }
  }
  return (
    <form onSubmit={submit} aria-label={label}>
      {(['from', 'to'] as const).map((end, index) => (
        <TextInput
          key={end}
          label={names[index]}
          type={type}
          size="sm"
          mt={index === 0 ? 0 : 'xs'}
          maxLength={40}
          value={range[end]}
          error={isSent ? problems[index] : null}
          onChange={({ currentTarget }) => setRange({ ...range, [end]: currentTarget.value })}
          {...(index === 0 && { 'data-autofocus': true })}
        />
      ))}
      <FilterButtons
        onClear={value.from || value.to ? () => onChange({ from: '', to: '' }) : null}
      />
    </form>
  );
}
