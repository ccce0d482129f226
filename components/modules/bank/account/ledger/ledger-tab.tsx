'use client';

import { Button } from '@mantine/core';
import { parseAsBoolean, useQueryState } from 'nuqs';
import { memo } from 'react';
import { HotViewsPanel } from './hot-views-panel.tsx';
import { LedgerPanel, type LedgerPanelProps } from './ledger-panel.tsx';
import classes from './ledger-tab.module.css';
import { SummaryPanel } from './summary-panel.tsx';

/** The account's movements, with figures over all of them beside. */
export const LedgerTab = memo(function LedgerTab({
  accountId,
  currency,
  newest,
  own,
}: LedgerPanelProps) {
  const [isOpened, setOpened] = useQueryState('figures', parseAsBoolean.withDefault(false));
  return (
    <div className={classes.columns}>
      <Button
        className={classes.figures}
        variant="subtle"
        size="compact-sm"
        aria-expanded={isOpened}
        onClick={() => void setOpened(isOpened ? null : true)}
      >
        {isOpened ? 'Hide summary and hot views' : 'Summary and hot views'}
      </Button>
      <LedgerPanel accountId={accountId} currency={currency} newest={newest} own={own} />
      <div className={classes.side} data-opened={isOpened || undefined}>
        <SummaryPanel accountId={accountId} currency={currency} />
        <HotViewsPanel accountId={accountId} newest={newest} />
      </div>
    </div>
  );
});
