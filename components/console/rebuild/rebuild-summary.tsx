'use client';

import { Anchor, Group } from '@mantine/core';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { toRebuildPath } from '#components/console/projections/rebuild-path.ts';
import type { Rebuilds } from '#lib/contracts/rebuilds.ts';
import { formatCount } from '#lib/count-format.ts';
import { formatSpan } from '#lib/time-format.ts';
import { CancelButton } from './cancel-button.tsx';
import { PreviousActions } from './previous-step.tsx';
import { type RebuildState, toRebuildState } from './rebuild-state.ts';
import classes from './rebuild-summary.module.css';
import { SwapActions } from './swap-step.tsx';
import { useRebuilds } from './use-rebuilds.ts';

/** Where the rebuild of a projection stands, with what can be done about it; nothing when there is none. */
export function RebuildSummary({ name }: { name: string }) {
  const { data } = useRebuilds(name);
  const state = data && toRebuildState(data);
  const sentence = state && toSentence(state);
  return data && state && sentence ? (
    <section aria-label="Rebuild" className={classes.summary}>
      <p className={classes.text}>
        {sentence}{' '}
        <Anchor component={Link} inherit href={toRebuildPath(name)}>
          See its steps
        </Anchor>
      </p>
      <Group gap={6}>{toActions(name, state, data)}</Group>
    </section>
  ) : null;
}

function toSentence({ filling, ready, failed, kept }: RebuildState): string | null {
  if (filling !== null) {
    const left =
      filling.secondsLeft === null ? '' : `, about ${formatSpan(filling.secondsLeft)} left`;
    return `Rebuild ${filling.id} is being filled: position ${formatCount(filling.position)} of ${formatCount(filling.target)}${left}.`;
  }
  if (ready !== null) {
    return `Rebuild ${ready.id} is ready: compare it, then swap it in or discard it.`;
  }
  if (failed !== null) {
    return failed.error?.message ?? `Rebuild ${failed.id} stopped.`;
  }
  return kept?.previous
    ? `The generation before rebuild ${kept.id} is kept, as of position ${formatCount(kept.previous.position)}.`
    : null;
}

function toActions(name: string, state: RebuildState, { codeVersion }: Rebuilds): ReactNode {
  const { filling, ready, failed, kept } = state;
  if (filling !== null) {
    return <CancelButton name={name} filling={filling} />;
  }
  if (ready !== null) {
    return <SwapActions name={name} ready={ready} kept={kept} />;
  }
  return failed === null ? (
    <PreviousActions name={name} state={state} codeVersion={codeVersion} />
  ) : null;
}
