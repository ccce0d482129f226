'use client';

import { Alert, Anchor, Group } from '@mantine/core';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { z } from 'zod';
import { endSentence } from '#components/console/system/trouble-words.ts';
import { useConsole } from '#components/console/use-console.tsx';
import { JsonView } from '#components/ui/json-view.tsx';
import { Time } from '#components/ui/time.tsx';
import type { DeadLetterDetail } from '#lib/contracts/dead-letters.ts';
import { formatCount } from '#lib/count-format.ts';
import { formatKnown, nameCategory, toEventHref, toTimeMachineHref } from './dead-letter-words.ts';
import classes from './dead-letters.module.css';
import { LetterActions } from './letter-actions.tsx';
import { LetterBehind } from './letter-behind.tsx';

/** What is the matter with an event in a view, what it holds up, and what can be done. */
export function LetterFacts({ detail }: { detail: DeadLetterDetail }) {
  const words = useConsole();
  const { letter, stack, rawItem, behind, problems } = detail;
  const { label, href, noun } = words.nameAggregate(letter.aggregateId);
  const { skipped, isUnfoldable, projection } = letter;
  return (
    <>
      <Alert color={skipped ? 'yellow' : 'red'} radius="lg">
        {endSentence(letter.error)}
        {skipped ? (
          <>
            {' '}
            {skipped.by} skipped it <Time iso={skipped.at} />: {endSentence(skipped.reason)}
          </>
        ) : null}
        {isUnfoldable
          ? ` Commands on the ${noun} are refused until a program that can read it runs.`
          : ''}
      </Alert>
      {problems.map((problem) => (
        <Alert key={problem} color="yellow" radius="lg" mt="sm">
          {problem}
        </Alert>
      ))}
      {skipped ? null : <LetterActions letter={letter} />}
      <dl className={classes.facts}>
        <Fact label="View">{words.nameView(projection).label}</Fact>
        <Fact label="Reason">{nameCategory(letter.category)}</Fact>
        <Fact label="Attempts">{formatCount(letter.attempts)}</Fact>
        {skipped ? null : <Fact label="Waits behind">{formatKnown(letter.waiting)}</Fact>}
        <Fact label="First failed">
          <Time iso={letter.firstFailedAt} />
        </Fact>
        <Fact label="Last failed">
          <Time iso={letter.lastFailedAt} />
        </Fact>
      </dl>
      <Group gap="md">
        <Anchor component={Link} size="sm" href={href}>
          {label}
        </Anchor>
        <Anchor component={Link} size="sm" href={toEventHref(words, letter)}>
          {letter.isInJournal ? 'Event' : 'Timeline'}
        </Anchor>
        <Anchor component={Link} size="sm" href={toTimeMachineHref(words, letter)}>
          Time machine at event {formatCount(letter.eventSequence)}
        </Anchor>
      </Group>
      <h3 className={classes.subtitle}>What is stored</h3>
      <Stored rawItem={rawItem} isEvent={letter.isInJournal} />
      {skipped ? null : <LetterBehind letter={letter} behind={behind} />}
      {stack === null ? null : (
        <>
          <h3 className={classes.subtitle}>Stack</h3>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keys */}
          <section tabIndex={0} aria-label="Stack" className={classes.stack}>
            <pre>{stack}</pre>
          </section>
        </>
      )}
    </>
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

const itemSchema = z.object({ eventData: z.unknown() });

/** The payload where there is one, and the item that it is in. */
function Stored({ rawItem, isEvent }: { rawItem: unknown; isEvent: boolean }) {
  const { success, data } = itemSchema.safeParse(rawItem);
  const payload = success ? data.eventData : undefined;
  if (rawItem === null || rawItem === undefined) {
    return <p className={classes.dim}>There is no item in its place, as far as is known.</p>;
  }
  return (
    <>
      {payload === undefined ? null : <JsonView label="Payload" value={payload} defaultOpened />}
      <JsonView
        label="Raw item"
        value={rawItem}
        defaultOpened={payload === undefined || !isEvent}
      />
    </>
  );
}
