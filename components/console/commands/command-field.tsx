import {
  Checkbox,
  MultiSelect,
  Select,
  SimpleGrid,
  Switch,
  Textarea,
  TextInput,
} from '@mantine/core';
import type { GetInputPropsReturnType } from '@mantine/form';
import type { FormField } from '#lib/contracts/form-fields.ts';

/** More options than these are found by typing. */
const MOST_CHECKBOXES = 24;

export type CommandFieldProps = {
  field: FormField;
  isFirst: boolean;
  input: GetInputPropsReturnType;
};

/** The control for a field, by its kind. */
export function CommandField({ field, isFirst, input }: CommandFieldProps) {
  const { label, help, isRequired, kind, options } = field;
  const common = {
    label,
    description: help,
    withAsterisk: isRequired,
    ...(isFirst && { 'data-autofocus': true }),
  };
  switch (kind) {
    case 'choice':
      return <Select {...common} data={[...options]} allowDeselect={!isRequired} {...input} />;
    case 'choices':
      return options.length > MOST_CHECKBOXES ? (
        <MultiSelect {...common} data={[...options]} searchable {...input} />
      ) : (
        <Checkbox.Group {...common} {...input}>
          <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="xs" verticalSpacing={6} mt={6}>
            {options.map((option) => (
              <Checkbox key={option} value={option} label={option} />
            ))}
          </SimpleGrid>
        </Checkbox.Group>
      );
    case 'switch':
      return (
        <Switch
          label={label}
          description={help}
          checked={input.value === 'true'}
          onChange={(event) => input.onChange(event.currentTarget.checked ? 'true' : '')}
          error={input.error}
        />
      );
    case 'long-text':
    case 'json':
      return (
        <Textarea
          {...common}
          autosize
          minRows={6}
          maxRows={24}
          styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
          {...input}
        />
      );
    case 'map':
      return (
        <Textarea
          {...common}
          description={help ?? 'One a line: name = value'}
          autosize
          minRows={3}
          {...input}
        />
      );
    case 'list':
      return (
        <TextInput
          {...common}
          description={help ?? 'Separated by commas'}
          autoComplete="off"
          {...input}
        />
      );
    case 'text':
      return <TextInput {...common} autoComplete="off" {...input} />;
  }
}
