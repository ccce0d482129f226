'use client';

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
  return (
    <div className={classes.columns}>
      <LedgerPanel accountId={accountId} currency={currency} newest={newest} own={own} />
      <div className={classes.side}>
        <SummaryPanel accountId={accountId} currency={currency} />
        <HotViewsPanel accountId={accountId} newest={newest} />
      </div>
    </div>
  );
});
