import classes from './json-view.module.css';

const LINE = /^(\s*)("(?:[^"\\]|\\.)*": )?(.*?)(,?)$/s;

/** The longest line that is drawn, in characters. */
const MOST_CHARACTERS = 2_000;

/** One line of indented JSON, its key and its value apart by colour. */
export function JsonLine({ line }: { line: string }) {
  const cut =
    line.length > MOST_CHARACTERS
      ? `${line.slice(0, MOST_CHARACTERS)}… (${line.length} characters)`
      : line;
  const [, indent = '', key, value = '', comma = ''] = LINE.exec(cut) ?? [];
  return (
    <span className={classes.line}>
      {indent}
      {key === undefined ? null : <span className={classes.key}>{key}</span>}
      <span className={kindOf(value)}>{value}</span>
      {comma}
      {'\n'}
    </span>
  );
}

function kindOf(value: string): string | undefined {
  if (value.startsWith('"')) {
    return classes.text;
  }
  return /^(-?\d|true|false|null)/.test(value) ? classes.literal : undefined;
}
