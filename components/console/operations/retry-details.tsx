'use client';

import { useConsole } from '#components/console/use-console.tsx';
import { OPERATION_RESULTS, type OperationState } from '#lib/contracts/operations.ts';
import { formatCount } from '#lib/count-format.ts';
import { readResult } from './operation-words.ts';
import classes from './retry-details.module.css';

/** What each dead letter came to that did not settle: where it waits again and why, or why it was not tried. */
export function RetryDetails({ operation }: { operation: OperationState }) {
  const { nameAggregate, nameView } = useConsole();
  const result = readResult(OPERATION_RESULTS['retry-dead-letters'], operation);
  if (result === undefined || result.dead.length + result.failed.length === 0) {
    return null;
  }
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keys
    <section className={classes.scroll} tabIndex={0} aria-label="What did not settle">
      <ul className={classes.list}>
        {result.dead.map(({ projection, aggregateId, at, error }) => (
          <li key={JSON.stringify([projection, aggregateId])}>
            <strong>{nameAggregate(aggregateId).label}</strong> waits again in{' '}
            {nameView(projection).label}, at event {formatCount(at)}: {error}
          </li>
        ))}
        {result.failed.map(({ projection, aggregateId, eventSequence, error }) => (
          <li key={JSON.stringify([projection, aggregateId, eventSequence, error])}>
            <strong>
              {aggregateId === undefined
                ? nameView(projection).label
                : nameAggregate(aggregateId).label}
            </strong>{' '}
            could not be tried
            {aggregateId === undefined ? '' : ` in ${nameView(projection).label}`}: {error}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** For an operation's dialog. */
export function toRetryDetails(operation: OperationState) {
  return <RetryDetails operation={operation} />;
}
