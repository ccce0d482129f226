'use client';

import { TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { FilterButtons, FilterPopover } from '#components/ui/filter-popover.tsx';
import { usePreferences } from '#components/ui/preferences.tsx';
import { type Moment, readMoment } from './read-moment.ts';

export type Span = { readonly from: string; readonly to: string };
type TimeFilterProps = Span & { onChange: (span: Span) => void };

/** A filter by when an event arrived, by calendar days or moments. */
export function TimeFilter({ onChange, ...span }: TimeFilterProps) {
  const isSet = span.from !== '' || span.to !== '';
  return (
    <FilterPopover label="Arrived" said={null} isSet={isSet} onChange={onChange}>
      {(apply) => <TimeForm {...span} onChange={apply} />}
    </FilterPopover>
  );
}

function TimeForm({ onChange, ...span }: TimeFilterProps) {
  const { timeZone } = usePreferences();
  const [texts, setTexts] = useState<Span>(span);
  const [tried, setTried] = useState(false);
  const from = readMoment(texts.from, timeZone, 'from');
  const to = readMoment(texts.to, timeZone, 'to');
  function submit(event: FormEvent) {
    event.preventDefault();
    setTried(true);
    if (from.kind === 'moment' && to.kind === 'moment') {
      onChange({ from: from.iso, to: to.iso });
    }
  }
  const field = (bound: 'from' | 'to', label: string, read: Moment) => (
    <TextInput
      label={label}
      size="sm"
      mb="xs"
      value={texts[bound]}
      placeholder="2026-11-03 or 2026-11-03 14:00"
      maxLength={60}
      error={tried && read.kind === 'unclear' ? read.problem : null}
      onChange={(event) => setTexts({ ...texts, [bound]: event.currentTarget.value })}
      data-autofocus={bound === 'from' ? true : undefined}
    />
  );
  return (
    <form onSubmit={submit}>
      {field('from', 'Arrived from', from)}
      {field('to', 'Arrived before, or on the day', to)}
      <FilterButtons onClear={span.from || span.to ? () => onChange({ from: '', to: '' }) : null} />
    </form>
  );
}
