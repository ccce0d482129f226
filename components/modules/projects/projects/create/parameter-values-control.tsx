'use client';

import { Fieldset, Input, PasswordInput, Stack } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { FieldControlProps } from '#components/console/commands/field-control.ts';
import { fetchApi } from '#components/ui/api-client.ts';
import { ValueInput } from '#components/ui/value-input.tsx';
import { findValueProblem } from '#lib/modules/templates/parameter-values.ts';
import { templateAnswerSchema } from '#lib/modules/templates/queries.ts';
import type { TemplateParameter } from '#lib/modules/templates/template-state.ts';
import { readValues } from './read-values.ts';

/** A value for each parameter of the chosen template's newest version. */
export function ParameterValuesControl(props: FieldControlProps) {
  const { field, value, onChange, errors } = props;
  const [templateId] = useDebouncedValue(`${props.values.templateId ?? ''}`.trim(), 150);
  const query = useQuery({
    queryKey: ['template-parameters', templateId],
    queryFn: ({ signal }) =>
      fetchApi(templateAnswerSchema, `/api/templates/${encodeURIComponent(templateId)}`, {
        signal,
      }),
    enabled: templateId !== '',
    retry: false,
  });
  const parameters = templateId === '' ? [] : query.data?.versions[0]?.parameters;
  const values = readValues(value, parameters ?? []);
  const kept = Object.keys(values).length === 0 ? '' : JSON.stringify(values);
  const isForeign = parameters !== undefined && kept !== value;
  useEffect(() => {
    // What was given for another template is no value of this one.
    if (isForeign) {
      onChange(kept);
    }
  }, [isForeign, kept, onChange]);
  if (templateId === '') {
    return null;
  }
  const general = errors[field.name] ?? query.error?.message;

  function give(name: string, given: string) {
    const { [name]: _, ...others } = values;
    onChange(JSON.stringify(given === '' ? others : { ...others, [name]: given }));
  }

  return (
    <Fieldset legend={field.label} aria-busy={query.isFetching}>
      <Stack gap="sm">
        {parameters?.length === 0 ? 'This template has no parameters.' : null}
        {parameters?.map((parameter) => {
          const { name } = parameter;
          const path = `${field.name}.${name}`;
          return parameter.secret ? (
            <PasswordInput
              key={name}
              label={name}
              description={toHelp(parameter)}
              value="••••••••"
              disabled
            />
          ) : (
            <ValueInput
              key={name}
              type={parameter.type}
              allowed={parameter.allowed}
              label={name}
              description={toHelp(parameter)}
              placeholder={parameter.default}
              withAsterisk={parameter.default === undefined}
              value={values[name] ?? ''}
              onChange={(given) => give(name, given)}
              data-path={path}
              error={
                errors[path] ??
                (values[name] === undefined ? null : findValueProblem(parameter, values[name]))
              }
            />
          );
        })}
        {general ? <Input.Error role="alert">{general}</Input.Error> : null}
      </Stack>
    </Fieldset>
  );
}

function toHelp({ description, secret, default: without }: TemplateParameter): string {
  const parts = [
    description,
    secret ? 'Secret: its value is kept where the services run, and is not given here.' : undefined,
    without === undefined ? undefined : `Without a value: ${without}`,
  ];
  return parts.filter(Boolean).join(' · ');
}
