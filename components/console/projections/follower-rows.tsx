'use client';

import { IconAlertTriangle } from '@tabler/icons-react';
import { useFreshness, useServerNow } from '#components/console/system/use-system.ts';
import { useConsole } from '#components/console/use-console.tsx';
import { Sparkline } from '#components/ui/sparkline.tsx';
import { StatusBadge } from '#components/ui/status-badge.tsx';
import { formatCount, formatRate } from '#lib/count-format.ts';
import { formatSpan } from '#lib/time-format.ts';
import { toEventsBehind, toTimeBehind } from './behind-words.ts';
import { DeadLetterCount } from './dead-letter-count.tsx';
import { FollowerActions } from './follower-actions.tsx';
import { toFollowerStatus } from './follower-status.ts';
import classes from './follower-table.module.css';
import type { Follower } from './followers.ts';
import { type LagSample, toRate, toTrend } from './lag-history.ts';
import { toProjectionNotice } from './projection-notice.ts';
import { useOpenFollower } from './use-open-follower.ts';
import { toShortWorkers } from './worker-words.ts';

export type FollowerRowsProps = {
  follower: Follower;
  history: readonly LagSample[];
  columns: number;
};

/** One follower: its row, and below it why it does not simply run and what to do about it. */
export function FollowerRows({ follower, history, columns }: FollowerRowsProps) {
  const { name, version, position, workers, deadLetters } = follower;
  const { nameView } = useConsole();
  const { label } = nameView(name);
  const [opened, open] = useOpenFollower();
  const view = useFreshness(name);
  const now = useServerNow();
  const status = toFollowerStatus(follower.status, view, now);
  const notice = toProjectionNotice(follower, view);
  const rate = toRate(history, name);
  const timeBehind = toTimeBehind(view, now);
  return (
    <tbody aria-label={label} data-selected={opened === name || undefined}>
      <tr>
        <th scope="row">
          <button type="button" className={classes.name} onClick={() => open(name)}>
            {label}
          </button>
          {label === name ? null : <code className={classes.id}>{name}</code>}
        </th>
        <td data-column="Status">
          <StatusBadge tone={status.tone}>{status.word}</StatusBadge>
        </td>
        <td data-align="end" data-unit="behind" data-column="Events behind">
          {toEventsBehind(view)}
        </td>
        <td data-align="end" data-column="Time behind">
          {timeBehind}
          {view?.thresholdSeconds ? (
            <span className={classes.threshold}> of {formatSpan(view.thresholdSeconds)}</span>
          ) : null}
        </td>
        <td data-column="Trend">
          <Sparkline
            values={toTrend(history, name)}
            minTop={2}
            label={`Lag of ${label} in the last minutes, now ${timeBehind}`}
          />
        </td>
        <td
          data-align="end"
          data-unit="events/s"
          data-column="Events/s"
          data-empty={rate === null || undefined}
        >
          {rate === null ? '–' : formatRate(rate)}
        </td>
        <td data-column="Worker" title={workers.join('\n') || undefined}>
          {toShortWorkers(workers)}
        </td>
        <td data-align="end" data-unit="dead letters" data-column="Dead letters">
          <DeadLetterCount view={name} count={deadLetters} />
        </td>
        <td data-align="end" data-column="Version">
          {version ?? '–'}
        </td>
        <td data-align="end" data-column="Position">
          {position === null ? '–' : formatCount(position)}
        </td>
        <td data-column="Actions">
          <FollowerActions follower={follower} />
        </td>
      </tr>
      {notice === null ? null : (
        <tr className={classes.notice} data-tone={status.tone}>
          <td colSpan={columns}>
            <IconAlertTriangle size={15} aria-hidden />
            <span>{notice}</span>
          </td>
        </tr>
      )}
    </tbody>
  );
}
