'use client';

import { Button } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { fetchApi } from '#components/ui/api-client.ts';
import { Panel } from '#components/ui/panel.tsx';
import { usePreferences } from '#components/ui/preferences.tsx';
import { volumeSchema } from '#lib/contracts/queries.ts';
import { countOf } from '#lib/count-format.ts';
import { formatSpan, formatTime } from '#lib/time-format.ts';
import type { Span } from './time-filter.tsx';
import { VolumeBars } from './volume-bars.tsx';

const REFRESH_MS = 10_000;

/** How many events arrived over time, whatever else the list is narrowed to; a part of it can be chosen. */
export function VolumePanel({ from, to, onChange }: Span & { onChange: (span: Span) => void }) {
  const { timeZone } = usePreferences();
  const query = useQuery({
    queryKey: ['events', 'volume', from, to],
    queryFn: ({ signal }) =>
      fetchApi(volumeSchema, '/api/events/volume', { params: { from, to }, signal }),
    refetchInterval: REFRESH_MS,
    placeholderData: keepPreviousData,
  });
  const isNarrowed = from !== '' || to !== '';
  const toText = (iso: string) => formatTime(iso, timeZone);
  const span = isNarrowed
    ? `From ${from === '' ? 'the first event' : toText(from)} to ${to === '' ? 'now' : toText(to)}`
    : 'All events, by when they arrived. Drag over it to choose a time';
  return (
    <Panel
      title="Volume"
      query={query}
      subtitle={
        query.data
          ? `${span} · ${countOf(sum(query.data.arrivals), 'event')} in steps of ${formatSpan(query.data.stepSeconds)}`
          : span
      }
      actions={
        isNarrowed ? (
          <Button
            variant="default"
            size="compact-sm"
            onClick={() => onChange({ from: '', to: '' })}
          >
            Show all times
          </Button>
        ) : null
      }
    >
      {({ arrivals, stepSeconds }) => (
        <VolumeBars arrivals={arrivals} stepSeconds={stepSeconds} onChoose={onChange} />
      )}
    </Panel>
  );
}

function sum(arrivals: readonly { readonly events: number }[]): number {
  return arrivals.reduce((total, { events }) => total + events, 0);
}
