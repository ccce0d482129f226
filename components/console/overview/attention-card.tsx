import { Anchor, Button, Group } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import Link from 'next/link';
import { RetryButton } from '#components/console/dead-letters/retry-button.tsx';
import { PauseButton } from '#components/console/projections/pause-button.tsx';
import { toRebuildPath } from '#components/console/projections/rebuild-path.ts';
import { RestartWorkerButton } from '#components/console/projections/restart-worker-button.tsx';
import { Time } from '#components/ui/time.tsx';
import type { AlertResponse } from '#lib/contracts/alerts.ts';
import { AlertButtons } from './alert-buttons.tsx';
import type { AttentionItem } from './attention.ts';
import classes from './attention-panel.module.css';

/** One thing that is wrong, with what mends it. */
export function AttentionCard({ item }: { item: AttentionItem }) {
  const { tone, title, advice, links, mend, retry, response } = item;
  return (
    <li className={classes.item} data-tone={tone}>
      <IconAlertTriangle size={18} aria-hidden className={classes.icon} />
      <div>
        <p className={classes.title}>{title}</p>
        <p className={classes.advice}>{advice}</p>
        {response === null ? null : <ResponseLine response={response} />}
        <Group gap="sm">
          {links.map(({ href, label }) => (
            <Anchor key={href} component={Link} href={href} size="sm" fw={500}>
              {label}
            </Anchor>
          ))}
          {mend?.kind === 'restart-worker' ? <RestartWorkerButton /> : null}
          {mend?.kind === 'resume' ? <PauseButton follower={mend.follower} /> : null}
          {mend?.kind === 'rebuild' ? (
            <Button
              component={Link}
              href={toRebuildPath(mend.follower.name)}
              prefetch={false}
              variant="default"
              size="compact-xs"
            >
              Rebuild…
            </Button>
          ) : null}
          {retry ? <RetryButton label="Retry" title={`Retry: ${title}`} {...retry} /> : null}
          <AlertButtons item={item} />
        </Group>
      </div>
    </li>
  );
}

function ResponseLine({ response: { by, at, reason, until } }: { response: AlertResponse }) {
  return (
    <p className={classes.advice}>
      {until === null ? 'Acknowledged' : 'Snoozed'} by {by} at <Time iso={at} />: {reason}
      {until === null ? null : (
        <>
          {' · until '}
          <Time iso={until} />
        </>
      )}
    </p>
  );
}
