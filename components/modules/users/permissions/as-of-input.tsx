'use client';

import { TextInput } from '@mantine/core';
import { useState } from 'react';
import classes from './as-of-input.module.css';

/** A year that is being typed is none yet. */
const FIRST_DAY = '1970-01-01';

export type AsOfInputProps = {
  /** The day that is shown; empty for now. */
  day: string;
  onChange: (day: string) => void;
};

/** Chooses the day that the matrix is shown of. */
export function AsOfInput({ day, onChange }: AsOfInputProps) {
  const [text, setText] = useState(day);
  const [known, setKnown] = useState(day);
  if (known !== day) {
    setKnown(day);
    setText(day);
  }
  return (
    <TextInput
      type="date"
      aria-label="As it was on"
      title="As it was at the end of a day (UTC)"
      leftSection={<span className={classes.label}>As of</span>}
      leftSectionWidth={54}
      value={text}
      onChange={({ currentTarget: { value } }) => {
        setText(value);
        if (value === '' || value >= FIRST_DAY) {
          onChange(value);
        }
      }}
    />
  );
}
