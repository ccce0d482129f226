'use client';

import { Anchor } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useConsole } from '#components/console/use-console.tsx';
import { fetchApi } from '#components/ui/api-client.ts';
import { Panel } from '#components/ui/panel.tsx';
import { StatusBadge } from '#components/ui/status-badge.tsx';
import { Time } from '#components/ui/time.tsx';
import { type BusReplay, busSchema } from '#lib/contracts/bus.ts';
import { countOf, formatCount } from '#lib/count-format.ts';
import { nameReplay, nameStep } from './bus-words.ts';
import { toRebuildPath } from './rebuild-path.ts';
import classes from './shard-table.module.css';

const REFRESH_MS = 1_000;

/** The replays by the bus; nothing where this Playhead has none. */
export function BusPanel() {
  const query = useQuery({
    queryKey: ['bus'],
    queryFn: ({ signal }) => fetchApi(busSchema, '/api/bus', { signal }),
    refetchInterval: ({ state }) => (state.data?.isOn === false ? false : REFRESH_MS),
  });
  if (query.data?.isOn !== true) {
    return null;
  }
  const { publisher } = query.data;
  return (
    <Panel
      title="Bus"
      subtitle={
        publisher === null || publisher.worker === null
          ? 'No worker publishes events'
          : `Events are published up to position ${formatCount(publisher.position)}, ${formatCount(publisher.behind)} behind the journal`
      }
      flush
      query={query}
      isEmpty={({ replays }) => replays.length === 0}
      empty={{
        title: 'No projection was replayed by the bus',
        hint: (
          <>
            A replay is begun on the command line:{' '}
            <code>npm run -s ops -- bus replay accounts</code>
          </>
        ),
      }}
    >
      {({ replays }) => <ReplayTable replays={replays} />}
    </Panel>
  );
}

function ReplayTable({ replays }: { replays: readonly BusReplay[] }) {
  return (
    <div className={classes.scroll}>
      <table className={classes.table} aria-label="Replays by the bus">
        <thead>
          <tr>
            <th scope="col">Projection</th>
            <th scope="col">Step</th>
            <th scope="col">Last step done</th>
            <th scope="col">Put</th>
            <th scope="col">Replayed</th>
            <th scope="col">Live</th>
            <th scope="col">Came again</th>
            <th scope="col">Dead letters</th>
            <th scope="col">In the queues</th>
            <th scope="col">Waits for</th>
          </tr>
        </thead>
        <tbody>
          {replays.map((replay) => (
            <ReplayRow key={replay.rebuild} replay={replay} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function ReplayRow({ replay }: { replay: BusReplay }) {
  const { projection, steps, attempt, put, replayed, live, duplicates, depths, error } = replay;
  const { nameView } = useConsole();
  const { tone, word } = nameReplay(replay);
  const last = steps.at(-1);
  return (
    <tr>
      <th scope="row">
        <Anchor component={Link} href={toRebuildPath(projection)} inherit>
          {nameView(projection).label}
        </Anchor>
      </th>
      <td>
        <StatusBadge tone={tone}>{word}</StatusBadge>
        {attempt > 0 ? ` Begun anew ${countOf(attempt, 'time')}` : null}
      </td>
      <td data-header="Last step done">
        {last === undefined ? (
          'None yet'
        ) : (
          <>
            {nameStep(last.step)}, <Time iso={last.at} />
          </>
        )}
      </td>
      <td data-header="Put">{formatCount(put)}</td>
      <td data-header="Replayed">{formatCount(replayed)}</td>
      <td data-header="Live">{formatCount(live)}</td>
      <td data-header="Came again">{formatCount(duplicates)}</td>
      <td data-header="Dead letters">{formatCount(replay.deadLetters)}</td>
      <td data-header="In the queues">
        {depths === null
          ? 'Unknown'
          : `About ${formatCount(depths.replay.waiting + depths.replay.inFlight)} replay, ${formatCount(depths.live.waiting + depths.live.inFlight)} live`}
      </td>
      <td data-header="Waits for">{error ?? '–'}</td>
    </tr>
  );
}
