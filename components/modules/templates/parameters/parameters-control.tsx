'use client';

import { Button, Fieldset, Input, Stack } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import type { FieldControlProps } from '#components/console/commands/field-control.ts';
import { templateParametersSchema } from '#lib/modules/templates/queries.ts';
import type { TemplateParameter } from '#lib/modules/templates/template-state.ts';
import { ParameterFields } from './parameter-fields.tsx';

const NEW: TemplateParameter = { name: '', type: 'text', allowed: [], secret: false };

/** The parameters of a template, each with fields of its own. */
export function ParametersControl({ field, value, onChange, errors }: FieldControlProps) {
  const parameters = readParameters(value);
  const write = (changed: readonly TemplateParameter[]) => onChange(JSON.stringify(changed));
  return (
    <Fieldset legend={field.label}>
      <Stack gap="sm">
        {parameters.map((parameter, index) => {
          const path = `${field.name}.${index}`;
          return (
            <ParameterFields
              key={path}
              path={path}
              title={`Parameter ${index + 1}`}
              parameter={parameter}
              errors={errors}
              onChange={(changed) => write(parameters.with(index, changed))}
              onRemove={() => write(parameters.toSpliced(index, 1))}
            />
          );
        })}
        {errors[field.name] ? <Input.Error role="alert">{errors[field.name]}</Input.Error> : null}
        <div>
          <Button
            variant="default"
            size="compact-sm"
            leftSection={<IconPlus size={14} aria-hidden />}
            data-path={field.name}
            onClick={() => write([...parameters, NEW])}
          >
            Add parameter
          </Button>
        </div>
      </Stack>
    </Fieldset>
  );
}

/** The field's text is what this control wrote; nothing is written before the first parameter. */
function readParameters(text: string): TemplateParameter[] {
  return text === '' ? [] : templateParametersSchema.parse(JSON.parse(text));
}
