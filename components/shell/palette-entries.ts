import type { Icon } from '@tabler/icons-react';
import { IconActivity, IconBolt, IconTool } from '@tabler/icons-react';
import type { Page } from '#components/console/console-module.ts';
import type { ConsoleWords } from '#components/console/console-words.ts';
import type { Shortcut } from '#components/ui/shortcut-registry.ts';
import type { SearchAnswer } from '#lib/contracts/queries.ts';
import { toEventTypeName } from '#lib/event-type-name.ts';
import { groupBy } from '#lib/group-by.ts';
import { matchesWords, splitQuery } from './palette-query.ts';

/** Actions are offered for so many of the aggregates that were found. */
const MOST_AGGREGATES = 4;

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

/** Something that an operator can ask for, beside the actions of the page. */
export type PaletteOperation = {
  readonly id: string;
  readonly label: string;
  readonly target: PaletteEntry['target'];
};

export type PaletteOffer = {
  /** What the server found. */
  readonly found: SearchAnswer | undefined;
  readonly actions: readonly Shortcut[];
  readonly operations: readonly PaletteOperation[];
  /** The aggregate whose page is open. */
  readonly openId: string | null;
};

/** What matches `query`, word by word in any order and case, in groups without an empty one. */
export function toPaletteGroups(
  words: Pick<ConsoleWords, 'pages' | 'nameAggregate' | 'types'>,
  query: string,
  { found, actions, operations, openId }: PaletteOffer,
): PaletteGroup[] {
  const matches = ({ label }: PaletteEntry) => matchesWords(label, query);
  const isAsked = query.trim() !== '';
  return [
    { label: 'Do', entries: toAggregateEntries(words, query, found, openId) },
    ...toFoundGroups(words, found?.aggregates ?? []),
    {
      label: 'Events',
      entries: (found?.events ?? []).map((event) => toEventEntry(words, event)),
    },
    { label: 'Pages', entries: words.pages.map(toPageEntry).filter(matches) },
    {
      label: 'Actions',
      entries: actions
        .filter(({ inPalette }) => inPalette)
        .map(toActionEntry)
        .filter(matches),
    },
    // There are many, which would bury everything else before something is asked for.
    {
      label: 'Operations',
      entries: isAsked
        ? operations.map((each) => ({ ...each, icon: IconTool })).filter(matches)
        : [],
    },
  ].filter(({ entries }) => entries.length > 0);
}

/** What can be done to the aggregates that were found, and without any to the one whose page is open. */
function toAggregateEntries(
  words: Pick<ConsoleWords, 'nameAggregate' | 'types'>,
  query: string,
  found: SearchAnswer | undefined,
  openId: string | null,
): PaletteEntry[] {
  const { verbs, rest } = splitQuery(words, query);
  if (verbs === '') {
    return [];
  }
  const aggregates =
    rest !== ''
      ? (found?.aggregates ?? []).slice(0, MOST_AGGREGATES)
      : openId === null
        ? []
        : [{ aggregateId: openId, title: words.nameAggregate(openId).label }];
  return aggregates.flatMap(({ aggregateId, title }) => {
    const { id, icon, actions } = words.nameAggregate(aggregateId);
    return actions
      .filter(({ label }) => matchesWords(label, verbs))
      .map(({ label, href }) => ({
        id: `do ${label} ${aggregateId}`,
        label: `${label}: ${title}`,
        description: id,
        icon,
        target: { href },
      }));
  });
}

/** A group for each kind of aggregate, by its noun. */
function toFoundGroups(
  { nameAggregate }: Pick<ConsoleWords, 'nameAggregate'>,
  found: SearchAnswer['aggregates'],
): PaletteGroup[] {
  const groups = groupBy(found, ({ aggregateId }) => nameAggregate(aggregateId).noun);
  return [...groups].map(([noun, aggregates]) => ({
    label: `${noun.charAt(0).toUpperCase()}${noun.slice(1)}s`,
    entries: aggregates.map(({ aggregateId, title, detail }) => {
      const { icon, href } = nameAggregate(aggregateId);
      return { id: aggregateId, label: title, description: detail, icon, target: { href } };
    }),
  }));
}

function toEventEntry(
  { nameAggregate }: Pick<ConsoleWords, 'nameAggregate'>,
  { eventId, eventType, aggregateId }: SearchAnswer['events'][number],
): PaletteEntry {
  return {
    id: `event ${eventId}`,
    label: `${toEventTypeName(eventType)} · ${nameAggregate(aggregateId).id}`,
    description: eventId,
    icon: IconActivity,
    target: { href: `/events/${encodeURIComponent(eventId)}` },
  };
}

function toPageEntry({ href, label, icon, keys }: Page): PaletteEntry {
  return { id: `page ${href}`, label, icon, ...(keys && { keys }), target: { href } };
}

function toActionEntry({ id, label, keys, run }: Shortcut): PaletteEntry {
  return { id: `action ${id}`, label, icon: IconBolt, ...(keys && { keys }), target: { run } };
}
