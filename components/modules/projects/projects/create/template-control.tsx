'use client';

import { Autocomplete } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { FieldControlProps } from '#components/console/commands/field-control.ts';
import { fetchApi } from '#components/ui/api-client.ts';
import { usedCatalogPageSchema } from '#lib/modules/templates/queries.ts';

const MOST_OFFERED = 20;

/** A template by its id, or found by its name among those that are valid. */
export function TemplateControl({ field, value, onChange, errors }: FieldControlProps) {
  const [q] = useDebouncedValue(value.trim(), 150);
  const { data } = useQuery({
    queryKey: ['template-control', q],
    queryFn: ({ signal }) =>
      fetchApi(usedCatalogPageSchema, '/api/templates', {
        params: { q, state: 'valid', limit: MOST_OFFERED },
        signal,
      }),
    placeholderData: keepPreviousData,
  });
  const found = data?.items ?? [];
  return (
    <Autocomplete
      label={field.label}
      description="Search by name; without one the project begins empty."
      data={found.map(({ templateId }) => templateId)}
      // The server has searched already, by more than the id.
      filter={({ options }) => options}
      renderOption={({ option }) => {
        const { name = '' } = found.find(({ templateId }) => templateId === option.value) ?? {};
        return `${name} (${option.value})`;
      }}
      value={value}
      onChange={onChange}
      error={errors[field.name]}
      data-path={field.name}
    />
  );
}
