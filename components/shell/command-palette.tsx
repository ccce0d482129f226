'use client';

import { useDebouncedValue } from '@mantine/hooks';
import { Spotlight } from '@mantine/spotlight';
import { IconActivity, IconBolt, IconBuildingBank, IconSearch } from '@tabler/icons-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { KeyCaps } from '#components/ui/key-caps.tsx';
import { useShortcutList } from '#components/ui/shortcuts.tsx';
import { toEventTypeName } from '#lib/event-sentence.ts';
import { PAGES } from './pages.ts';
import { useSearch } from './use-search.ts';

/** Everything by name: pages and actions at once, accounts and events from the server. */
export function CommandPalette() {
  const router = useRouter();
  const [query, setQuery] = useState('');
  const [asked] = useDebouncedValue(query, 120);
  const { data: found, isError, isFetching } = useSearch(asked);
  const searching = query.trim().length >= 2;
  const matches = (label: string) => label.toLowerCase().includes(query.trim().toLowerCase());

  const pages = PAGES.filter(({ label }) => matches(label));
  const actions = useShortcutList().filter(({ inPalette, label }) => inPalette && matches(label));
  const accounts = searching ? (found?.accounts ?? []) : [];
  const events = searching ? (found?.events ?? []) : [];
  const nothing = pages.length + actions.length + accounts.length + events.length === 0;

  return (
    <Spotlight.Root
      shortcut={null}
      query={query}
      onQueryChange={setQuery}
      scrollable
      maxHeight={440}
      radius="lg"
      overlayProps={{ backgroundOpacity: 0.4, blur: 0 }}
      aria-label="Command palette"
    >
      <Spotlight.Search
        placeholder="Find an account, an event, a page or an action"
        aria-label="Find an account, an event, a page or an action"
        leftSection={<IconSearch size={18} aria-hidden />}
      />
      <Spotlight.ActionsList>
        {accounts.length > 0 ? (
          <Spotlight.ActionsGroup label="Accounts">
            {accounts.map(({ accountId, owner, currency }) => (
              <Spotlight.Action
                key={accountId}
                label={owner}
                description={`${accountId} · ${currency}`}
                leftSection={<IconBuildingBank size={18} aria-hidden />}
                onClick={() => router.push(`/accounts/${encodeURIComponent(accountId)}`)}
              />
            ))}
          </Spotlight.ActionsGroup>
        ) : null}
        {events.length > 0 ? (
          <Spotlight.ActionsGroup label="Events">
            {events.map(({ eventId, eventType, accountId }) => (
              <Spotlight.Action
                key={eventId}
                label={`${toEventTypeName(eventType)} · ${accountId}`}
                description={eventId}
                leftSection={<IconActivity size={18} aria-hidden />}
                onClick={() => router.push(`/events/${encodeURIComponent(eventId)}`)}
              />
            ))}
          </Spotlight.ActionsGroup>
        ) : null}
        {pages.length > 0 ? (
          <Spotlight.ActionsGroup label="Pages">
            {pages.map(({ href, label, icon: Icon, keys }) => (
              <Spotlight.Action
                key={href}
                label={label}
                leftSection={<Icon size={18} aria-hidden />}
                rightSection={<KeyCaps keys={keys} />}
                onClick={() => router.push(href)}
              />
            ))}
          </Spotlight.ActionsGroup>
        ) : null}
        {actions.length > 0 ? (
          <Spotlight.ActionsGroup label="Actions">
            {actions.map(({ id, label, keys, run }) => (
              <Spotlight.Action
                key={id}
                label={label}
                leftSection={<IconBolt size={18} aria-hidden />}
                rightSection={keys ? <KeyCaps keys={keys} /> : null}
                onClick={run}
              />
            ))}
          </Spotlight.ActionsGroup>
        ) : null}
        {nothing ? (
          <Spotlight.Empty>
            {isFetching ? 'Searching…' : `Nothing is called “${query}”.`}
          </Spotlight.Empty>
        ) : null}
        {searching && isError ? (
          <Spotlight.Empty>
            Accounts and events cannot be searched now: the read models do not answer.
          </Spotlight.Empty>
        ) : null}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  );
}
