import type { ReactNode } from 'react';
import classes from './status-badge.module.css';
import type { Tone } from './tone.ts';

/** A state in a word or two, with a dot of its tone. */
export function StatusBadge({ tone, children }: { tone: Tone; children: ReactNode }) {
  return (
    <span className={classes.badge} data-tone={tone}>
      {children}
    </span>
  );
}
