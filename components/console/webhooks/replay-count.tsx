'use client';

import { countOf } from '#lib/count-format.ts';
import type { ReplayFrom } from './use-replay-preview.ts';
import { useReplayPreview } from './use-replay-preview.ts';

/** How many events a replay sends, before it is asked for. */
export function ReplayCount({ name, from }: { name: string; from: ReplayFrom }) {
  const { data, error } = useReplayPreview(name, from);
  if (error !== null) {
    return <p role="alert">{error.message}</p>;
  }
  return (
    <p role="status">
      {data === undefined
        ? 'Counting the events…'
        : `${data.atLeast ? 'More than ' : ''}${countOf(data.events, 'event')} that are meant for it ${
            data.events === 1 ? 'is' : 'are'
          } sent again, in their order. The receiver tells by the webhook-id what it has.`}
    </p>
  );
}
