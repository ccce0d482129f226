import type { PageLinks } from '#server/runtime/queries/keyset-page.ts';

type Page<Row> = PageLinks & { readonly items: readonly Row[] };

/** The rows of a list, page by page from its beginning to its end, and from there back to its beginning. */
export async function walkPages<Row>(
  read: (cursor: string) => Promise<Page<Row>>,
): Promise<{ readonly forwards: readonly Row[]; readonly backwards: readonly Row[] }> {
  let page = await read('');
  const forwards = [...page.items];
  while (page.nextCursor !== null) {
    page = await read(page.nextCursor);
    forwards.push(...page.items);
  }
  const backwards = [...page.items];
  while (page.previousCursor !== null) {
    page = await read(page.previousCursor);
    backwards.unshift(...page.items);
  }
  return { forwards, backwards };
}
