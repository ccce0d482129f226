import { expect, it } from 'vitest';
import { z } from 'zod';
import { optionalTextSchema, textSchema } from './command-texts.ts';
import { toCommandInput, toFormFields } from './form-fields.ts';

const schema = z.object({
  displayName: textSchema.trim().meta({ description: 'As it is shown' }),
  note: optionalTextSchema.meta({ title: 'Remark' }),
  body: z.string().max(9).meta({ multiline: true }),
  kind: z.enum(['web', 'queue']).default('web'),
  tags: z.array(z.enum(['a', 'b'])).optional(),
  isHidden: z.boolean().default(false),
  settings: z.record(z.string(), z.string()).optional(),
  labels: z.array(z.string().trim()).default([]),
  rules: z.array(z.object({ name: z.string() })).default([]),
});

it('describes each field by the schema: label, help, kind, and whether it is needed', () => {
  expect(toFormFields(schema, { kind: 'Kind of service' })).toMatchObject([
    {
      name: 'displayName',
      label: 'Display name',
      help: 'As it is shown',
      isRequired: true,
      kind: 'text',
    },
    { name: 'note', label: 'Remark', isRequired: false, kind: 'text' },
    { name: 'body', kind: 'long-text' },
    {
      name: 'kind',
      label: 'Kind of service',
      kind: 'choice',
      options: ['web', 'queue'],
      initial: 'web',
    },
    { name: 'tags', kind: 'choices', options: ['a', 'b'], isRequired: false },
    { name: 'isHidden', kind: 'switch', isRequired: false },
    { name: 'settings', kind: 'map', isRequired: false },
    { name: 'labels', kind: 'list', isRequired: false, initial: '' },
    { name: 'rules', kind: 'json', isRequired: false, initial: '' },
  ]);
});

it('makes of a form’s texts what the schema reads', () => {
  const values = {
    displayName: 'Ann',
    note: '',
    body: 'x',
    kind: 'queue',
    tags: ['b'],
    isHidden: 'true',
    settings: 'url = a=b\n\nempty',
    labels: 'one, two,,',
    rules: '[{"name":"first"}]',
  };
  const input = toCommandInput(toFormFields(schema), values);
  expect(schema.parse(input)).toEqual({
    displayName: 'Ann',
    body: 'x',
    kind: 'queue',
    tags: ['b'],
    isHidden: true,
    settings: { url: 'a=b', empty: '' },
    labels: ['one', 'two'],
    rules: [{ name: 'first' }],
  });
});

it('leaves to the schema to refuse what is no JSON', () => {
  const fields = toFormFields(schema).filter(({ name }) => name === 'rules');
  const { rules } = toCommandInput(fields, { rules: '[{' });
  expect(schema.shape.rules.safeParse(rules).success).toBe(false);
});
