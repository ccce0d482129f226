import { CopyButton } from './copy-button.tsx';
import classes from './id-text.module.css';

/** An id in full with its copy button; it breaks across lines where there is no room. */
export function IdText({ value, label }: { value: string; label: string }) {
  return (
    <span className={classes.root}>
      <code className={classes.value}>{value}</code>
      <CopyButton value={value} label={label} />
    </span>
  );
}
