import type { Icon } from '@tabler/icons-react';
import { IconActivity, IconBolt, IconBuildingBank } from '@tabler/icons-react';
import type { Shortcut } from '#components/ui/shortcut-registry.ts';
import type { SearchAnswer } from '#lib/contracts/queries.ts';
import { toEventTypeName } from '#lib/event-sentence.ts';
import { PAGES } from './pages.ts';

/** One thing that the palette offers, and where it leads. */
export type PaletteEntry = {
  readonly id: string;
  readonly label: string;
  readonly description?: string;
  readonly icon: Icon;
  readonly keys?: string;
  readonly target: { readonly href: string } | { readonly run: () => void };
};

export type PaletteGroup = { readonly label: string; readonly entries: readonly PaletteEntry[] };

/** What matches `query`, in groups without an empty one; `found` is the server's part of it. */
export function toPaletteGroups(
  query: string,
  found: SearchAnswer | undefined,
  actions: readonly Shortcut[],
): PaletteGroup[] {
  const words = query.trim().toLowerCase();
  const matches = ({ label }: PaletteEntry) => label.toLowerCase().includes(words);
  return [
    { label: 'Accounts', entries: (found?.accounts ?? []).map(toAccountEntry) },
    { label: 'Events', entries: (found?.events ?? []).map(toEventEntry) },
    { label: 'Pages', entries: PAGES.map(toPageEntry).filter(matches) },
    {
      label: 'Actions',
      entries: actions
        .filter(({ inPalette }) => inPalette)
        .map(toActionEntry)
        .filter(matches),
    },
  ].filter(({ entries }) => entries.length > 0);
}

function toAccountEntry(account: SearchAnswer['accounts'][number]): PaletteEntry {
  const { accountId, owner, currency } = account;
  return {
    id: `account ${accountId}`,
    label: owner,
    description: `${accountId} · ${currency}`,
    icon: IconBuildingBank,
    target: { href: `/accounts/${encodeURIComponent(accountId)}` },
  };
}

function toEventEntry({ eventId, eventType, accountId }: SearchAnswer['events'][number]) {
  return {
    id: `event ${eventId}`,
    label: `${toEventTypeName(eventType)} · ${accountId}`,
    description: eventId,
    icon: IconActivity,
    target: { href: `/events/${encodeURIComponent(eventId)}` },
  };
}

function toPageEntry({ href, label, icon, keys }: (typeof PAGES)[number]): PaletteEntry {
  return { id: `page ${href}`, label, icon, keys, target: { href } };
}

function toActionEntry({ id, label, keys, run }: Shortcut): PaletteEntry {
  return { id: `action ${id}`, label, icon: IconBolt, ...(keys && { keys }), target: { run } };
}
