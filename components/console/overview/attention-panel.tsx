'use client';

import { Button } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import { useServerNow, useSystem } from '#components/console/system/use-system.ts';
import { useConsole } from '#components/console/use-console.tsx';
import { PanelFrame, PanelSkeleton } from '#components/ui/panel.tsx';
import { toAttention } from './attention.ts';
import { AttentionCard } from './attention-card.tsx';
import classes from './attention-panel.module.css';
import { QuietAlerts } from './quiet-alerts.tsx';

/** What needs an operator now; says so when nothing does. */
export function AttentionPanel() {
  const system = useSystem();
  const now = useServerNow();
  const words = useConsole();
  const items = system.data ? toAttention(words, system.data, now) : [];
  const isQuiet = items.every(({ response }) => response !== null);
  const unknown = system.error !== null;
  return (
    <PanelFrame title="Needs attention" busy={system.isPending}>
      {unknown ? <Unknown retry={() => void system.refetch()} /> : null}
      {system.isPending ? <PanelSkeleton lines={1} /> : null}
      <ul className={classes.list}>
        {items.map((item) =>
          item.response === null ? <AttentionCard key={item.id} item={item} /> : null,
        )}
      </ul>
      {system.data && !unknown && items.length === 0 ? (
        <p className={classes.calm}>
          <IconCircleCheck size={20} aria-hidden className={classes.calmIcon} />
          Nothing needs attention: every part is up and every view follows.
        </p>
      ) : null}
      {items.length > 0 && isQuiet ? (
        <p className={classes.calm}>
          Nothing new needs attention. What is acknowledged or snoozed is still wrong.
        </p>
      ) : null}
      <QuietAlerts items={items} />
    </PanelFrame>
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
