import postgres from 'postgres';

/** Statements in a test's own words, on connections that no proxy cuts. */
export function openSql(
  databaseUrl: string,
  { max = 4, searchPath }: { readonly max?: number; readonly searchPath?: string } = {},
): postgres.Sql {
  return postgres(databaseUrl, {
    max,
    max_lifetime: null,
    onnotice: () => {},
    ...(searchPath === undefined ? {} : { connection: { search_path: searchPath } }),
  });
}
