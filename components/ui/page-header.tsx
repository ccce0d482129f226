import type { ReactNode } from 'react';
import classes from './page-header.module.css';

export type PageHeaderProps = {
  title: ReactNode;
  /** One line on what this page is for, or what it shows now. */
  subtitle?: ReactNode;
  /** At the right: freshness, then buttons. */
  actions?: ReactNode;
};

/** A page's title with what can be done on it. */
export function PageHeader({ title, subtitle, actions }: PageHeaderProps) {
  return (
    <header className={classes.root}>
      <div className={classes.words}>
        <h1 className={classes.title}>{title}</h1>
        {subtitle ? <div className={classes.subtitle}>{subtitle}</div> : null}
      </div>
      {actions ? <div className={classes.actions}>{actions}</div> : null}
    </header>
  );
}
