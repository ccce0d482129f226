'use client';

import { TextInput, type TextInputProps } from '@mantine/core';

/** An amount as text, in the account's currency unless another one is written behind it. */
export function AmountInput({ currency, ...input }: TextInputProps & { currency: string }) {
  return (
    <TextInput
      label="Amount"
      placeholder="0.00"
      inputMode="decimal"
      autoComplete="off"
      required
      rightSection={<span aria-hidden>{currency}</span>}
      rightSectionWidth={52}
      rightSectionProps={{ style: { color: 'var(--mantine-color-dimmed)', pointerEvents: 'none' } }}
      styles={{ input: { fontVariantNumeric: 'tabular-nums' } }}
      {...input}
    />
  );
}
