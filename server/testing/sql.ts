import type pg from 'pg';

/** Statements in a test's own words; what they answer is what the test says it is. */
export type Sql = {
  <Row extends pg.QueryResultRow>(
    texts: TemplateStringsArray,
    ...values: unknown[]
  ): Promise<Row[]>;
  /** A statement as it stands, without parameters. */
  readonly unsafe: <Row extends pg.QueryResultRow>(text: string) => Promise<Row[]>;
};

export function createSql(pool: pg.Pool): Sql {
  const query = async <Row extends pg.QueryResultRow>(text: string, values: unknown[]) =>
    (await pool.query<Row>(text, values)).rows;
  return Object.assign(
    <Row extends pg.QueryResultRow>(texts: TemplateStringsArray, ...values: unknown[]) =>
      query<Row>(
        texts.reduce((text, next, index) => `${text}$${index}${next}`),
        values,
      ),
    { unsafe: <Row extends pg.QueryResultRow>(text: string) => query<Row>(text, []) },
  );
}
