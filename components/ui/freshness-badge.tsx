'use client';

import { Tooltip } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { Freshness } from '#lib/contracts/queries.ts';
import { countOf, formatCount } from '#lib/count-format.ts';
import { formatSpan } from '#lib/time-format.ts';
import { toLagTone } from './lag-tone.ts';
import { StatusBadge } from './status-badge.tsx';
import type { Tone } from './tone.ts';
import { useLive } from './use-live.ts';

/** A view that refreshes by itself is given this long before events since count against it. */
const PATIENCE_MS = 1_500;

/** How fresh a view of a read model is: up to date, how far behind, or what came since it was read. */
export function FreshnessBadge({ freshness }: { freshness: Freshness }) {
  const { projection, position, head } = freshness;
  const since = useEventsSince(freshness);
  const isCutOff = useLive((live) => live.postgresql === 'down' || live.status === 'reconnecting');
  const { tone, text, sentence } = isCutOff ? toCutOff(freshness) : toWords(freshness, since);
  return (
    <Tooltip
      w={290}
      label={`Read from “${projection}” at position ${formatCount(position)} of ${formatCount(head)}: ${sentence}`}
    >
      <span>
        <StatusBadge tone={tone}>{text}</StatusBadge>
      </span>
    </Tooltip>
  );
}

type Words = { tone: Tone; text: string; sentence: string };

function toCutOff({ position }: Freshness): Words {
  return {
    tone: 'warn',
    text: `At position ${formatCount(position)} · not live`,
    sentence: 'nobody can say now what came after it.',
  };
}

function toWords(freshness: Freshness, since: number): Words {
  const { position, eventsBehind, secondsBehind } = freshness;
  if (since > 0) {
    return {
      tone: 'neutral',
      text: `At position ${formatCount(position)} · ${countOf(since, 'event')} since`,
      sentence: `${countOf(since, 'event')} came after it was read.`,
    };
  }
  if (eventsBehind === 0) {
    const text = `Up to date · position ${formatCount(position)}`;
    return { tone: 'good', text, sentence: 'every event is in it.' };
  }
  const span = formatSpan(secondsBehind);
  return {
    tone: toLagTone(freshness),
    text: `${countOf(eventsBehind, 'event')} behind · ${span}`,
    sentence: `it is ${span} behind.`,
  };
}

/** Events that came after the view was read, once it has stood still for a moment. */
function useEventsSince({ position, head }: Freshness): number {
  const since = Math.max(0, useLive((live) => live.head ?? 0) - head);
  const [readAt, setReadAt] = useState<string | null>(null);
  const reading = `${position} ${head}`;
  const isBehind = since > 0;
  useEffect(() => {
    if (isBehind) {
      const timer = setTimeout(() => setReadAt(reading), PATIENCE_MS);
      return () => clearTimeout(timer);
    }
  }, [isBehind, reading]);
  return readAt === reading ? since : 0;
}
