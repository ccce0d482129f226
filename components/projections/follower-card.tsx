import { IconAlertTriangle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { StatusBadge } from '#components/ui/status-badge.tsx';
import classes from './follower-card.module.css';
import type { toFollowerStatus } from './follower-status.ts';
import { nameProjection } from './projection-names.ts';

export type FollowerCardProps = {
  name: string;
  status: ReturnType<typeof toFollowerStatus>;
  /** Why it does not simply run, and what to do about it; null when it does. */
  notice: string | null;
  children: ReactNode;
};

/** One consumer or projection. */
export function FollowerCard({ name, status, notice, children }: FollowerCardProps) {
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
        <StatusBadge tone={status.tone}>{status.word}</StatusBadge>
      </div>
      {notice === null ? null : (
        <p className={classes.notice} data-tone={status.tone}>
          <IconAlertTriangle size={16} aria-hidden className={classes.icon} />
          <span>{notice}</span>
        </p>
      )}
      {children}
    </article>
  );
}
