'use client';

import { Group, Select, Text } from '@mantine/core';
import type { Facet } from '#components/ui/facet-filter.tsx';
import { formatCount } from '#lib/count-format.ts';

export type ChoiceFilterProps = {
  label: string;
  /** Undefined while it is loading. */
  facet: Facet | undefined;
  value: string | null;
  onChange: (value: string | null) => void;
  toText?: (value: string) => string;
};

/** A filter to one value of a property: what an operation is asked for with has one of each. */
export function ChoiceFilter({ label, facet = [], value, onChange, toText }: ChoiceFilterProps) {
  const name = toText ?? ((text: string) => text);
  // A chosen value stays when no letter has it any more, so that it can be taken back.
  const isKnown = value === null || facet.some((each) => each.value === value);
  const options = isKnown ? facet : [...facet, { value, count: 0 }];
  const toCount = (of: string) => {
    const count = options.find((each) => each.value === of)?.count;
    return count === undefined ? null : formatCount(count);
  };
  return (
    <Select
      aria-label={label}
      placeholder={label}
      size="sm"
      w={180}
      searchable
      clearable
      clearButtonProps={{ 'aria-label': `Clear ${label.toLowerCase()}` }}
      value={value}
      onChange={onChange}
      data={options.map((each) => ({
        value: each.value,
        label: name(each.value),
      }))}
      renderOption={({ option }) => (
        <Group justify="space-between" flex={1} gap="lg" wrap="nowrap">
          {option.label}
          <Text span size="xs" c="dimmed">
            {toCount(option.value)}
          </Text>
        </Group>
      )}
      nothingFoundMessage="Nothing to choose from."
      comboboxProps={{ width: 'max-content', position: 'bottom-start' }}
    />
  );
}
