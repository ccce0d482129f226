'use client';

import { TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { FilterButtons, FilterPopover } from './filter-popover.tsx';

export type TextFilterProps = {
  label: string;
  value: string;
  onChange: (value: string) => void;
  placeholder: string;
};

/** A filter by an exact text, such as an id. */
export function TextFilter({ onChange, ...props }: TextFilterProps) {
  const { label, value } = props;
  return (
    <FilterPopover label={label} said={value} isSet={value !== ''} onChange={onChange}>
      {(apply) => <TextForm {...props} onChange={apply} />}
    </FilterPopover>
  );
}

function TextForm({ label, value, placeholder, onChange }: TextFilterProps) {
  const [text, setText] = useState(value);
  function submit(event: FormEvent) {
    event.preventDefault();
    onChange(text.trim());
  }
  return (
    <form onSubmit={submit}>
      <TextInput
        label={label}
        size="sm"
        value={text}
        placeholder={placeholder}
        maxLength={200}
        onChange={(event) => setText(event.currentTarget.value)}
        data-autofocus
      />
      <FilterButtons onClear={value ? () => onChange('') : null} />
    </form>
  );
}
