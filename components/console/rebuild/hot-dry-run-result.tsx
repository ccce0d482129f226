'use client';

import { Figure, FigureList } from '#components/console/projections/figure-list.tsx';
import { StatusBadge } from '#components/ui/status-badge.tsx';
import { Time } from '#components/ui/time.tsx';
import type { HotRebuildTrial } from '#lib/contracts/operations.ts';
import { countOf, formatCount } from '#lib/count-format.ts';
import { DryRunChanges } from './dry-run-changes.tsx';
import classes from './rebuild-steps.module.css';

/** What a dry run over a hot view found: how many items would change, and the first fields of those. */
export function HotDryRunResult({ result, at }: { result: HotRebuildTrial; at: string | null }) {
  const { aggregates, unchanged, written, removed, failed, items } = result;
  const changed = written + removed;
  return (
    <>
      <FigureList>
        <Figure label="As they should be">{formatCount(unchanged)}</Figure>
        <Figure label="Would be written">{formatCount(written)}</Figure>
        <Figure label="Would be removed">{formatCount(removed)}</Figure>
        <Figure label="With an event that cannot be taken">{formatCount(failed)}</Figure>
        {at === null ? null : (
          <Figure label="Found">
            <Time iso={at} />
          </Figure>
        )}
      </FigureList>
      <p className={classes.text}>
        <StatusBadge tone={changed + failed > 0 ? 'warn' : 'good'}>
          {changed > 0 ? `${formatCount(changed)} would change` : 'Nothing would change'}
        </StatusBadge>{' '}
        of {countOf(aggregates, 'item')}
        {items.length === 0 ? '' : `; the first ${countOf(items.length, 'field')} that differ`}.
      </p>
      {items.length === 0 ? null : <DryRunChanges items={items} />}
    </>
  );
}
