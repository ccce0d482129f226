import type { ComponentType, ReactNode } from 'react';
import type { FormField } from '#lib/contracts/form-fields.ts';

export type FieldControlProps = {
  readonly field: FormField;
  /** The field's text, in the form of its kind. */
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** What is wrong with the field or with a part of it, by its path: "parameters", "parameters.0.name". */
  readonly errors: Readonly<Record<string, ReactNode>>;
  /** What stands in the whole form, by the names of its fields. */
  readonly values: Readonly<Record<string, string | readonly string[]>>;
};

/** A module's own control for a field that no kind of field says enough of. */
export type FieldControl = ComponentType<FieldControlProps>;
