import { Anchor } from '@mantine/core';
import Link from 'next/link';
import { useConsole } from '#components/console/use-console.tsx';
import { Time } from '#components/ui/time.tsx';
import type { DeadLetterDetail } from '#lib/contracts/dead-letters.ts';
import { countOf, formatCount } from '#lib/count-format.ts';
import { toEventTypeName } from '#lib/event-type-name.ts';
import classes from './dead-letters.module.css';

export type LetterBehindProps = Pick<DeadLetterDetail, 'letter' | 'behind'>;

/** The events that wait behind one, as far as they are shown. */
export function LetterBehind({ letter, behind }: LetterBehindProps) {
  const { nameAggregate } = useConsole();
  const { waiting, aggregateId } = letter;
  const { noun, href } = nameAggregate(aggregateId);
  const left = (waiting ?? behind.length) - behind.length;
  return (
    <>
      <h3 className={classes.subtitle}>What waits behind it</h3>
      {behind.length === 0 ? (
        <p className={classes.dim}>
          {waiting === null
            ? 'What waits behind it is not known now.'
            : `Nothing yet: it is the ${noun}’s newest event. The next one will wait.`}
        </p>
      ) : (
        <ul className={classes.behind}>
          {behind.map(({ eventSequence, eventType, timestamp }) => (
            <li key={eventSequence}>
              <span>Event {formatCount(eventSequence)}</span>
              <span>{eventType === null ? 'Unreadable' : toEventTypeName(eventType)}</span>
              {Number.isNaN(Date.parse(timestamp)) ? null : <Time iso={timestamp} />}
            </li>
          ))}
        </ul>
      )}
      {left > 0 ? (
        <p className={classes.dim}>
          and {countOf(left, 'more event')}:{' '}
          <Anchor component={Link} inherit href={`${href}?tab=timeline`}>
            see the timeline
          </Anchor>
        </p>
      ) : null}
    </>
  );
}
