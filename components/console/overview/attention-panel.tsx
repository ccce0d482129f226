'use client';

import { Anchor, Button, Group } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import Link from 'next/link';
import { RetryButton } from '#components/console/dead-letters/retry-button.tsx';
import { PauseButton } from '#components/console/projections/pause-button.tsx';
import { toRebuildPath } from '#components/console/projections/rebuild-path.ts';
import { useServerNow, useSystem } from '#components/console/system/use-system.ts';
import { useConsole } from '#components/console/use-console.tsx';
import { PanelFrame, PanelSkeleton } from '#components/ui/panel.tsx';
import { type AttentionItem, toAttention } from './attention.ts';
import classes from './attention-panel.module.css';

/** What needs an operator now; says so when nothing does. */
export function AttentionPanel() {
  const system = useSystem();
  const now = useServerNow();
  const words = useConsole();
  const items = system.data ? toAttention(words, system.data, now) : [];
  const unknown = system.error !== null;
  return (
    <PanelFrame title="Needs attention" busy={system.isPending}>
      {unknown ? <Unknown retry={() => void system.refetch()} /> : null}
      {system.isPending ? <PanelSkeleton lines={2} /> : null}
      <ul className={classes.list}>
        {items.map((item) => (
          <Item key={item.id} item={item} />
        ))}
      </ul>
      {system.data && !unknown && items.length === 0 ? (
        <p className={classes.calm}>
          <IconCircleCheck size={20} aria-hidden className={classes.calmIcon} />
          Nothing needs attention: every part is up and every view follows.
        </p>
      ) : null}
    </PanelFrame>
  );
}

function Item({ item: { tone, title, advice, links, mend, retry } }: { item: AttentionItem }) {
  return (
    <li className={classes.item} data-tone={tone}>
      <IconAlertTriangle size={18} aria-hidden className={classes.icon} />
      <div>
        <p className={classes.title}>{title}</p>
        <p className={classes.advice}>{advice}</p>
        <Group gap="sm">
          {links.map(({ href, label }) => (
            <Anchor key={href} component={Link} href={href} size="sm" fw={500}>
              {label}
            </Anchor>
          ))}
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
        </Group>
      </div>
    </li>
  );
}

function Unknown({ retry }: { retry: () => void }) {
  return (
    <div className={classes.item} data-tone="bad" role="alert">
      <IconAlertTriangle size={18} aria-hidden className={classes.icon} />
      <div>
        <p className={classes.title}>The state of the system is unknown</p>
        <p className={classes.advice}>
          The console’s web server does not say how things are. Is it running?
        </p>
        <Button size="compact-sm" variant="default" mt={6} onClick={retry}>
          Ask again
        </Button>
      </div>
    </div>
  );
}
