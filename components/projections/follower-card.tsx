import { IconAlertTriangle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import classes from './follower-card.module.css';
import { nameProjection } from './projection-names.ts';

export type FollowerCardProps = {
  name: string;
  badge: ReactNode;
  /** Why it does not simply run, and what to do about it; null when it does. */
  notice: string | null;
  children: ReactNode;
};

/** One consumer or projection. */
export function FollowerCard({ name, badge, notice, children }: FollowerCardProps) {
  const { label, purpose } = nameProjection(name);
  return (
    <article className={classes.card} aria-label={label}>
      <div className={classes.head}>
        <div>
          <h3 className={classes.name}>
            {label} <code className={classes.id}>{name}</code>
          </h3>
          {purpose ? <p className={classes.purpose}>{purpose}</p> : null}
        </div>
        {badge}
      </div>
      {notice === null ? null : (
        <p className={classes.error}>
          <IconAlertTriangle size={16} aria-hidden className={classes.icon} />
          <span>{notice}</span>
        </p>
      )}
      {children}
    </article>
  );
}
