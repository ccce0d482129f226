'use client';

import { Select, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';

export type ValueInputProps = {
  type: 'text' | 'number' | 'boolean';
  /** Empty: any value of the type. */
  allowed: readonly string[];
  label: string;
  description?: ReactNode;
  placeholder?: string | undefined;
  withAsterisk?: boolean;
  /** A text, whatever the type is; empty while nothing was given. */
  value: string;
  onChange: (value: string) => void;
  error?: ReactNode;
  'data-path': string;
};

/** A value of a type: one of those that are allowed, true or false, a number or a line of text. */
export function ValueInput({ type, allowed, value, onChange, ...input }: ValueInputProps) {
  const options = allowed.length > 0 ? allowed : type === 'boolean' ? ['true', 'false'] : [];
  return options.length > 0 ? (
    <Select
      {...input}
      data={[...new Set(options)]}
      value={value === '' ? null : value}
      onChange={(chosen) => onChange(chosen ?? '')}
    />
  ) : (
    <TextInput
      {...input}
      autoComplete="off"
      inputMode={type === 'number' ? 'decimal' : undefined}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
