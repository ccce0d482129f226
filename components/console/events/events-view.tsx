'use client';

import { Button, Tooltip } from '@mantine/core';
import { IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { FirstAction } from '#components/console/first-action.tsx';
import { ShortcutCaps } from '#components/ui/key-caps.tsx';
import { loadWhenOpened } from '#components/ui/load-when-opened.tsx';
import { NewRowsPill } from '#components/ui/new-rows-pill.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { Panel } from '#components/ui/panel.tsx';
import { useShortcuts } from '#components/ui/shortcuts.tsx';
import { formatCount } from '#lib/count-format.ts';
import type { EventDrawerProps } from './event-drawer.tsx';
import { EventFilterBar } from './event-filter-bar.tsx';
import { isFiltered, NO_FILTERS } from './event-filters.ts';
import { EventTable, type RowWish } from './event-table.tsx';
import classes from './events-view.module.css';
import { useEventFeed } from './use-event-feed.ts';
import { useEventFilters, useEventView } from './use-event-filters.ts';
import { VolumePanel } from './volume-panel.tsx';

const PAGE_SIZE = 100;

const EventDrawer = loadWhenOpened<EventDrawerProps>({
  load: () => import('./event-drawer.tsx').then((module) => module.EventDrawer),
  isOpened: ({ eventId }) => eventId !== null,
  closed: { eventId: null },
});

/** The global feed: everything that happened, newest first, followed live. */
export function EventsView() {
  const [filters, setFilters] = useEventFilters();
  const [{ live, event: openId }, setView] = useEventView();
  const [held, setHeld] = useState(false);
  const [atTop, setAtTop] = useState(true);
  const [wish, setWish] = useState<RowWish | null>(null);
  const scrollRef = useRef<HTMLDivElement>(null);
  const searchRef = useRef<HTMLInputElement>(null);

  const following = live && atTop && !held && openId === null;
  const feed = useEventFeed(filters, PAGE_SIZE, following);
  const { query, waiting, showNew } = feed;
  const firstPage = query.data?.pages[0];
  const items = query.data?.pages.flatMap((page) => page.items) ?? [];
  const openIndex = items.findIndex(({ eventId }) => eventId === openId);

  function open(eventId: string) {
    void setView({ event: eventId });
    setWish({ eventId, focus: false });
  }

  function close() {
    void setView({ event: null });
    if (openId !== null) {
      setWish({ eventId: openId, focus: true });
    }
  }

  function neighbour(step: 1 | -1): (() => void) | null {
    const next = openIndex < 0 ? undefined : items[openIndex + step];
    return next ? () => open(next.eventId) : null;
  }

  function move(step: 1 | -1) {
    if (openId !== null) {
      neighbour(step)?.();
      return;
    }
    const from = getFocusedId() ?? wish?.eventId;
    const index = items.findIndex(({ eventId }) => eventId === from);
    const next = items[index < 0 ? 0 : Math.min(Math.max(index + step, 0), items.length - 1)];
    if (next) {
      setWish({ eventId: next.eventId, focus: true });
    }
  }

  function reveal() {
    scrollRef.current?.scrollTo({ top: 0 });
    showNew();
  }

  function toggleLive() {
    void setView({ live: !live });
  }

  const group = 'Events';
  useShortcuts([
    { id: 'search', keys: '/', label: 'Search', group, run: () => searchRef.current?.focus() },
    { id: 'next', keys: 'j', label: 'Older event', group, run: () => move(1), inDialogs: true },
    {
      id: 'previous',
      keys: 'k',
      label: 'Newer event',
      group,
      run: () => move(-1),
      inDialogs: true,
    },
    { id: 'new', keys: 'n', label: 'Show new events', group, run: reveal },
    { id: 'live', keys: 'p', label: live ? 'Pause' : 'Follow', group, run: toggleLive },
  ]);

  return (
    <>
      <PageHeader
        title="Events"
        subtitle={`Everything that happened, newest first · journal at position ${firstPage ? formatCount(firstPage.head) : '…'}`}
        actions={<LiveButton live={live} onToggle={toggleLive} />}
      />
      <EventFilterBar
        filters={filters}
        onChange={(change) => void setFilters(change)}
        page={firstPage}
        searchRef={searchRef}
      />
      <div className={classes.volume}>
        <VolumePanel
          from={filters.from}
          to={filters.to}
          onChange={(span) => void setFilters(span)}
        />
      </div>
      <Panel
        title="Feed"
        hideTitle
        flush
        query={query}
        isEmpty={({ pages }) => pages[0]?.items.length === 0 && waiting === 0}
        empty={
          isFiltered(filters)
            ? {
                title: 'No event matches',
                hint: 'Search and filters look at every event there is.',
                action: (
                  <Button variant="default" onClick={() => void setFilters(NO_FILTERS)}>
                    Clear all filters
                  </Button>
                ),
              }
            : {
                title: 'No event yet',
                hint: 'Whatever happens shows here within a blink.',
                action: <FirstAction />,
              }
        }
      >
        {({ pages }) => (
          <EventTable
            items={items}
            total={Math.max(pages[0]?.total ?? 0, items.length)}
            freshAfter={feed.freshAfter}
            selectedId={openId}
            onOpen={open}
            more={{
              hasMore: query.hasNextPage,
              loading: query.isFetchingNextPage,
              failed: query.isFetchNextPageError,
              load: query.fetchNextPage,
            }}
            scrollRef={scrollRef}
            wish={wish}
            onHold={setHeld}
            onTop={setAtTop}
            pill={
              <NewRowsPill
                count={following ? 0 : waiting}
                noun="event"
                onShow={reveal}
                loading={feed.showing}
              />
            }
          />
        )}
      </Panel>
      <EventDrawer
        eventId={openId}
        onClose={close}
        onNewer={neighbour(-1)}
        onOlder={neighbour(1)}
      />
    </>
  );
}

function LiveButton({ live, onToggle }: { live: boolean; onToggle: () => void }) {
  const Icon = live ? IconPlayerPause : IconPlayerPlay;
  return (
    <Tooltip label={<ShortcutCaps id="live" />}>
      <Button
        variant={live ? 'default' : 'filled'}
        leftSection={<Icon size={16} aria-hidden />}
        onClick={onToggle}
      >
        {live ? 'Pause' : 'Follow'}
      </Button>
    </Tooltip>
  );
}

/** The event whose row has the focus. */
function getFocusedId(): string | null {
  return document.activeElement?.getAttribute('data-event-id') ?? null;
}
