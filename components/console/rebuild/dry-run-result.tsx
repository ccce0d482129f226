'use client';

import type { z } from 'zod';
import { Figure, FigureList } from '#components/console/projections/figure-list.tsx';
import { StatusBadge } from '#components/ui/status-badge.tsx';
import { Time } from '#components/ui/time.tsx';
import type { OPERATION_RESULTS } from '#lib/contracts/operations.ts';
import { countOf, formatCount, formatRate } from '#lib/count-format.ts';
import { formatSpan } from '#lib/time-format.ts';
import { DryRunChanges } from './dry-run-changes.tsx';
import classes from './rebuild-steps.module.css';
import { toSize } from './size-words.ts';

type Result = Extract<
  z.infer<(typeof OPERATION_RESULTS)['estimate-rebuild']>,
  { estimate: unknown }
>;

const BASIS: Readonly<Record<Result['estimate']['basis'], string>> = {
  'last-rebuild': 'the last rebuild',
  sample: 'the journal’s first events, tried out',
  nothing: 'nothing that is known',
};

/** What a dry run of a projection found: scope and estimate, then what would change of the sample. */
export function DryRunResult({ result, at }: { result: Result; at: string | null }) {
  const { estimate, sample } = result;
  const { events, seconds, bytes, rate, basis } = estimate;
  const { checked, aggregates, different, explained } = sample;
  return (
    <>
      <FigureList>
        <Figure label="Events to read">{formatCount(events)}</Figure>
        <Figure label="About">{seconds === null ? 'Unknown' : formatSpan(seconds)}</Figure>
        <Figure label="Its tables take now">{bytes === null ? 'Unknown' : toSize(bytes)}</Figure>
        <Figure label="Speed">{rate === null ? 'Unknown' : `${formatRate(rate)} events/s`}</Figure>
        <Figure label="Reckoned by">{BASIS[basis]}</Figure>
        {at === null ? null : (
          <Figure label="Found">
            <Time iso={at} />
          </Figure>
        )}
      </FigureList>
      <p className={classes.text}>
        <StatusBadge tone={different > 0 ? 'warn' : checked === 0 ? 'neutral' : 'good'}>
          {different > 0 ? `${formatCount(different)} would change` : 'Nothing would change'}
        </StatusBadge>{' '}
        of {countOf(checked, 'aggregate')} tried, of {formatCount(aggregates)}
        {explained > 0
          ? `; ${formatCount(explained)} more differ for a known reason, such as a skipped event`
          : ''}
        .
      </p>
      {sample.items.length === 0 ? null : <DryRunChanges items={sample.items} />}
    </>
  );
}
