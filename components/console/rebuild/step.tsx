import type { ReactNode } from 'react';
import classes from './rebuild-steps.module.css';

export type StepProps = {
  title: string;
  /** What it is, in a sentence. */
  hint: ReactNode;
  /** Its buttons, at the right. */
  actions: ReactNode;
  /** Something is to be done, or goes on, at this step. */
  isCurrent?: boolean;
  children?: ReactNode;
};

/** One step of a rebuild: what it does, what can be done at it, and what has come of it. */
export function Step({ title, hint, actions, isCurrent = false, children }: StepProps) {
  return (
    <li className={classes.step} data-current={isCurrent || undefined} aria-label={title}>
      <div className={classes.head}>
        <div className={classes.words}>
          <h2 className={classes.title}>{title}</h2>
          <p className={classes.hint}>{hint}</p>
        </div>
        <div className={classes.actions}>{actions}</div>
      </div>
      {children}
    </li>
  );
}
