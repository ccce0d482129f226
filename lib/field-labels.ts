import { toEventTypeName } from './event-type-name.ts';

/** What forms call the fields of commands, by the fields' names. */
export type FieldLabels = Readonly<Record<string, string>>;

/** What a form calls the field at a path ("links.0.to"): its label, or its name in words. */
export function toFieldLabel(path: string, labels: FieldLabels): string {
  const [name = path] = path.split('.', 1);
  return labels[name] ?? toEventTypeName(name);
}
