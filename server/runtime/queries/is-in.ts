import { type SQL, type SQLWrapper, sql } from 'drizzle-orm';

/** Whether a text is one of `values`; they travel as one parameter. */
export function isIn(text: SQLWrapper, values: readonly string[]): SQL {
  return sql`${text} = ANY(${sql.param(values)}::text[])`;
}
