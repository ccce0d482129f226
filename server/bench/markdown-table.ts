/** The lines of a Markdown table, columns as wide as their widest cell; the first row is the header. */
export function toMarkdownTable(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => [...(row[column] ?? '')].length)),
  );
  const lines = rows.map(
    (row) => `| ${row.map((cell, at) => pad(cell, widths[at])).join(' | ')} |`,
  );
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`;
  return [...lines.slice(0, 1), rule, ...lines.slice(1)];
}

function pad(cell: string, width = 0): string {
  return cell + ' '.repeat(width - [...cell].length);
}
