import type { ReactNode } from 'react';
import classes from './figure-list.module.css';

/** Figures with their names, side by side. */
export function FigureList({ children }: { children: ReactNode }) {
  return <dl className={classes.list}>{children}</dl>;
}

/** One figure; a wide one has a line of its own. */
export function Figure({
  label,
  wide = false,
  children,
}: {
  label: string;
  wide?: boolean;
  children: ReactNode;
}) {
  return (
    <div className={classes.figure} data-wide={wide || undefined}>
      <dt className={classes.label}>{label}</dt>
      <dd className={classes.value}>{children}</dd>
    </div>
  );
}
