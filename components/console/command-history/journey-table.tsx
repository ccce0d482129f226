'use client';

import { Alert } from '@mantine/core';
import { toFreshnessWords } from '#components/console/system/freshness-words.ts';
import { useFreshness, useServerNow } from '#components/console/system/use-system.ts';
import { useConsole } from '#components/console/use-console.tsx';
import { StatusBadge } from '#components/ui/status-badge.tsx';
import type { Journey, JourneyStep } from '#lib/contracts/command-history.ts';
import { DELIVERY_WORDS, describeWay, toTimeWords } from './command-words.ts';
import classes from './journey-table.module.css';
import { toBars } from './to-bars.ts';

/** From here on a difference between two clocks is worth a word, in milliseconds. */
const NOTABLE_MS = 20;

/** A command's way as a waterfall: each station with its time, and a bar from the station before it. */
export function JourneyTable({ journey }: { journey: Journey }) {
  const { steps, startedAt, clockDifferenceMs, problems } = journey;
  const bars = toBars(steps);
  return (
    <section className={classes.journey} aria-label="Journey">
      <p className={classes.summary} role="status">
        {describeWay(steps)}
      </p>
      <table className={classes.table}>
        <caption className={classes.caption}>
          {startedAt === null
            ? 'When it began is not recorded, so that no times can be told.'
            : 'Milliseconds after the command came in'}
        </caption>
        <thead className={classes.head}>
          <tr>
            <th scope="col">Station</th>
            <th scope="col">Reached after</th>
          </tr>
        </thead>
        <tbody>
          {steps.map((step, index) => (
            <StepRow key={step.name} step={step} bar={bars[index] ?? null} />
          ))}
        </tbody>
      </table>
      {Math.abs(clockDifferenceMs) >= NOTABLE_MS ? (
        <p className={classes.clock}>
          PostgreSQL’s clock is {Math.abs(clockDifferenceMs)} ms{' '}
          {clockDifferenceMs > 0 ? 'ahead of' : 'behind'} the web server’s; the journal’s time is
          corrected by that.
        </p>
      ) : null}
      {problems.map((problem) => (
        <Alert key={problem} color="yellow" mt="xs" role="note">
          {problem}
        </Alert>
      ))}
    </section>
  );
}

type StepRowProps = {
  step: JourneyStep;
  /** Where the bar begins and ends, in parts of the whole; null without a time. */
  bar: { from: number; to: number } | null;
};

function StepRow({ step, bar }: StepRowProps) {
  const { nameView } = useConsole();
  const own = OWN_NAMES[step.name];
  const standstill = useStandstill(step);
  const { tone } = standstill ?? DELIVERY_WORDS[step.state];
  return (
    <tr className={classes.row}>
      <th scope="row" className={classes.name}>
        {own ?? nameView(step.name).label}
        {own === undefined ? (
          <>
            {' '}
            <span className={classes.database}>{step.database}</span>
          </>
        ) : null}
      </th>
      <td className={classes.time}>
        <span className={classes.track} aria-hidden data-state={step.state}>
          {bar ? (
            <span
              className={classes.bar}
              style={{ left: `${bar.from * 100}%`, width: `${(bar.to - bar.from) * 100}%` }}
            />
          ) : null}
        </span>
        <span className={classes.figure}>
          {step.state === 'done' ? (
            toTimeWords(step)
          ) : (
            <StatusBadge tone={tone}>{standstill?.word ?? toTimeWords(step)}</StatusBadge>
          )}
        </span>
        {step.note ? <span className={classes.note}>{step.note}</span> : null}
        {standstill ? <span className={classes.note}>{standstill.sentence}</span> : null}
      </td>
    </tr>
  );
}

const OWN_NAMES: Readonly<Record<string, string>> = {
  accepted: 'Accepted',
  stored: 'Stored in DynamoDB',
  journal: 'Streamed to the journal',
};

/** What keeps a view from an event that is on its way: it is paused, stuck, or nothing moves it. */
function useStandstill({ name, database, state }: JourneyStep) {
  const view = useFreshness(database === 'DynamoDB' ? 'hot-views' : name);
  const now = useServerNow();
  const isMoving = view === undefined || view.state === 'fresh' || view.state === 'behind';
  // Others that are blocked keep this one from nothing.
  return state !== 'waiting' || isMoving || view.state === 'blocked'
    ? null
    : toFreshnessWords(view, now);
}
