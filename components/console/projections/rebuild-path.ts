/** The page on which a projection, a hot view or the journal is rebuilt. */
export function toRebuildPath(name: string): string {
  return `/projections/${encodeURIComponent(name)}/rebuild`;
}
