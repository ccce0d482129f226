'use client';

import { Anchor, SegmentedControl, useMantineTheme } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import dynamic from 'next/dynamic';
import Link from 'next/link';
import { parseAsStringLiteral, useQueryState } from 'nuqs';
import { CopyLink } from '#components/console/events/copy-link.tsx';
import { fetchApi } from '#components/ui/api-client.ts';
import { IdText } from '#components/ui/id-text.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { Panel, PanelSkeleton } from '#components/ui/panel.tsx';
import { type Trace, traceSchema } from '#lib/contracts/command-history.ts';
import { countOf } from '#lib/count-format.ts';
import { TraceList } from './trace-list.tsx';

const TraceGraph = dynamic(() => import('./trace-graph.tsx').then((module) => module.TraceGraph), {
  ssr: false,
  loading: () => <PanelSkeleton lines={6} />,
});

const PICTURES = ['graph', 'list'] as const;

/** A graph of more events is no picture any more. */
const MOST_DRAWN = 40;

/** While something is on its way the trace is read again so often. */
const LOOK_INTERVAL_MS = 1_000;

/** Everything that one request set off: its commands, their events, and the views that take these. */
export function TracePage({ correlationId }: { correlationId: string }) {
  const [picture, setPicture] = useQueryState(
    'view',
    parseAsStringLiteral(PICTURES).withDefault('graph').withOptions({ history: 'push' }),
  );
  const query = useQuery({
    queryKey: ['trace', correlationId],
    queryFn: ({ signal }) =>
      fetchApi(traceSchema, `/api/traces/${encodeURIComponent(correlationId)}`, { signal }),
    refetchInterval: ({ state: { data } }) =>
      data?.views.some(({ state }) => state === 'waiting') ? LOOK_INTERVAL_MS : false,
    meta: { follows: ['journal'] },
  });
  const { breakpoints } = useMantineTheme();
  // On a phone nobody could read the graph: the list says the same.
  const isNarrow = useMediaQuery(`(max-width: ${breakpoints.sm})`);
  const isDrawn = !isNarrow && (query.data === undefined || countEvents(query.data) <= MOST_DRAWN);
  return (
    <>
      <PageHeader
        title="Trace"
        subtitle={
          <>
            <Anchor component={Link} href="/commands" inherit underline="always">
              Commands
            </Anchor>{' '}
            · correlation <IdText value={correlationId} label="Copy correlation id" />
            {query.data?.traceId ? (
              <>
                {' '}
                · trace id <IdText value={query.data.traceId} label="Copy trace id" />
              </>
            ) : null}
          </>
        }
        actions={<CopyLink path={`/trace/${encodeURIComponent(correlationId)}`} />}
      />
      <Panel
        title="What happened"
        subtitle={query.data ? summarize(query.data) : null}
        query={query}
        actions={
          isDrawn ? (
            <SegmentedControl
              size="xs"
              aria-label="Show as"
              data={[
                { value: 'graph', label: 'Graph' },
                { value: 'list', label: 'List' },
              ]}
              value={picture}
              onChange={(value) =>
                void setPicture(PICTURES.find((each) => each === value) ?? 'graph')
              }
            />
          ) : null
        }
        isEmpty={({ commands }) => commands.length === 0}
        empty={{
          title: 'The journal has nothing of this correlation',
          hint: 'A new event takes a moment. A command that was refused, or that changed nothing, leaves no event.',
        }}
      >
        {(trace) =>
          picture === 'graph' && isDrawn ? (
            <TraceGraph trace={trace} />
          ) : (
            <TraceList trace={trace} />
          )
        }
      </Panel>
    </>
  );
}

function countEvents({ commands }: Trace): number {
  return commands.reduce((sum, { events }) => sum + events.length, 0);
}

function summarize(trace: Trace): string {
  const { commands, views, isCut } = trace;
  const done = views.filter(({ state }) => state === 'done').length;
  const events = `${countOf(commands.length, 'command')}, ${countOf(countEvents(trace), 'event')}`;
  return `${isCut ? 'The first of many: ' : ''}${events}; in ${done} of ${countOf(views.length, 'view')}.`;
}
