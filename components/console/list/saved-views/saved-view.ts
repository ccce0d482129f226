import { z } from 'zod';

export const MOST_NAME_CHARACTERS = 60;

const savedViewSchema = z.object({
  name: z.string().min(1).max(MOST_NAME_CHARACTERS),
  /** What of the URL makes the view, without a question mark. */
  query: z.string(),
});

/** A list's filters, order and range under a name that the reader gave it. */
export type SavedView = z.infer<typeof savedViewSchema>;

const storedSchema = z
  .string()
  .transform((text, context): unknown => {
    try {
      return JSON.parse(text);
    } catch {
      context.addIssue('The text is no JSON.');
      return z.NEVER;
    }
  })
  .pipe(z.array(savedViewSchema));

/** The views as the browser kept them; none where nothing was kept, or what was kept cannot be read. */
export function readSavedViews(kept: string | undefined): SavedView[] {
  return storedSchema.safeParse(kept).data ?? [];
}

/** What of the page's URL makes a view: the parameters of these names, in their order. */
export function toViewQuery(search: URLSearchParams, names: readonly string[]): string {
  const entries = names.flatMap((name) =>
    search.getAll(name).map((value): [string, string] => [name, value]),
  );
  return new URLSearchParams(entries).toString();
}

/** The views with this one, by name; one of the same name is replaced. */
export function putView(views: readonly SavedView[], view: SavedView): SavedView[] {
  return [...removeView(views, view.name), view].toSorted((a, b) => a.name.localeCompare(b.name));
}

export function removeView(views: readonly SavedView[], name: string): SavedView[] {
  return views.filter((view) => view.name !== name);
}

/** The view that was applied by its name, however the URL changed since; else the one that the URL is. */
export function findCurrent(
  views: readonly SavedView[],
  appliedName: string | null,
  query: string,
): SavedView | undefined {
  return (
    views.find(({ name }) => name === appliedName) ?? views.find((view) => view.query === query)
  );
}
