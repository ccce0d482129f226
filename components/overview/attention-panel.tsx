'use client';

import { Anchor, Button } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import Link from 'next/link';
import { useConsumerLag, useProjectionLag } from '#components/projections/use-lag.ts';
import { useHealth } from '#components/shell/use-health.ts';
import { PanelFrame, PanelSkeleton } from '#components/ui/panel.tsx';
import { type AttentionItem, toAttention } from './attention.ts';
import classes from './attention-panel.module.css';

/** What needs an operator now; says so when nothing does. */
export function AttentionPanel() {
  const health = useHealth();
  const lag = useProjectionLag();
  const consumers = useConsumerLag();
  const items = toAttention({
    health: health.data,
    projections: lag.data?.projections ?? [],
    consumers: consumers.data?.consumers ?? [],
  });
  const unknown = health.error !== null;
  return (
    <PanelFrame title="Needs attention" busy={health.isPending}>
      {unknown ? <Unknown retry={() => void health.refetch()} /> : null}
      {health.isPending ? <PanelSkeleton lines={2} /> : null}
      <ul className={classes.list}>
        {items.map((item) => (
          <Item key={item.id} item={item} />
        ))}
      </ul>
      {health.data && !unknown && items.length === 0 ? (
        <p className={classes.calm}>
          <IconCircleCheck size={20} aria-hidden className={classes.calmIcon} />
          Nothing needs attention: every part is up and every view follows.
        </p>
      ) : null}
    </PanelFrame>
  );
}

function Item({ item: { tone, title, advice, href } }: { item: AttentionItem }) {
  return (
    <li className={classes.item} data-tone={tone}>
      <IconAlertTriangle size={18} aria-hidden className={classes.icon} />
      <div>
        <p className={classes.title}>{title}</p>
        <p className={classes.advice}>{advice}</p>
        {href ? (
          <Anchor component={Link} href={href} size="sm" fw={500}>
            See the projections
          </Anchor>
        ) : null}
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
