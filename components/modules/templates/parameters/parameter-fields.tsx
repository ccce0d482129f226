'use client';

import {
  Button,
  Fieldset,
  Group,
  Select,
  SimpleGrid,
  Stack,
  Switch,
  TagsInput,
  TextInput,
} from '@mantine/core';
import type { FieldControlProps } from '#components/console/commands/field-control.ts';
import { ValueInput } from '#components/ui/value-input.tsx';
import { findValueProblem } from '#lib/modules/templates/parameter-values.ts';
import { PARAMETER_TYPES, type TemplateParameter } from '#lib/modules/templates/template-state.ts';

export type ParameterFieldsProps = {
  /** Of the parameter in the command: "parameters.0". */
  path: string;
  title: string;
  parameter: TemplateParameter;
  errors: FieldControlProps['errors'];
  onChange: (parameter: TemplateParameter) => void;
  onRemove: () => void;
};

/** What a parameter of a template is: name, type, allowed values, default, and whether it is secret. */
export function ParameterFields(props: ParameterFieldsProps) {
  const { path, title, parameter, errors, onChange, onRemove } = props;
  const { type, allowed, secret } = parameter;
  const change = (changes: Partial<TemplateParameter>) => onChange({ ...parameter, ...changes });
  const place = (part: string) => ({
    'data-path': `${path}.${part}`,
    error: errors[`${path}.${part}`],
  });
  const allowedProblem = allowed
    .map((value) => findValueProblem({ ...parameter, allowed: [], secret: false }, value))
    .find((problem) => problem !== undefined);
  return (
    <Fieldset legend={title}>
      <Stack gap="sm">
        <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
          <TextInput
            label="Parameter name"
            withAsterisk
            autoComplete="off"
            value={parameter.name}
            onChange={(event) => change({ name: event.currentTarget.value })}
            {...place('name')}
          />
          <Select
            label="Type"
            data={[...PARAMETER_TYPES]}
            allowDeselect={false}
            value={type}
            onChange={(chosen) => change({ type: chosen ?? type })}
            {...place('type')}
          />
        </SimpleGrid>
        <TextInput
          label="What it is"
          autoComplete="off"
          value={parameter.description ?? ''}
          onChange={(event) => change({ description: event.currentTarget.value })}
          {...place('description')}
        />
        <Switch
          label="Secret"
          description="Its value is kept where the services run, and never comes here."
          checked={secret}
          onChange={(event) => change({ secret: event.currentTarget.checked, default: undefined })}
        />
        {secret ? null : (
          <>
            <TagsInput
              label="Allowed values"
              description="Without any, every value of the type is allowed."
              value={[...allowed]}
              onChange={(values) => change({ allowed: values })}
              {...place('allowed')}
              error={place('allowed').error ?? allowedProblem}
            />
            <Switch
              label="Required"
              description="Whoever creates a project must give a value; without this there is a default."
              checked={parameter.default === undefined}
              onChange={(event) =>
                change({
                  default: event.currentTarget.checked ? undefined : toFirstDefault(parameter),
                })
              }
            />
            {parameter.default === undefined ? null : (
              <ValueInput
                type={type}
                allowed={allowed}
                label="Default"
                value={parameter.default}
                onChange={(value) => change({ default: value })}
                data-path={`${path}.default`}
                error={errors[`${path}.default`] ?? findValueProblem(parameter, parameter.default)}
              />
            )}
          </>
        )}
        <Group justify="flex-end">
          <Button variant="subtle" color="red" size="compact-sm" onClick={onRemove}>
            Remove {title.toLowerCase()}
          </Button>
        </Group>
      </Stack>
    </Fieldset>
  );
}

function toFirstDefault({ type, allowed }: TemplateParameter): string {
  return allowed[0] ?? (type === 'boolean' ? 'false' : '');
}
