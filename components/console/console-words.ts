import {
  IconActivity,
  IconApi,
  IconBox,
  IconHistory,
  IconLayoutDashboard,
  IconMailX,
  IconPoint,
  IconShieldCheck,
  IconStack2,
  IconTerminal2,
  IconWebhook,
} from '@tabler/icons-react';
import { parseAggregateId } from '#lib/aggregate-id.ts';
import { toEventTypeName } from '#lib/event-type-name.ts';
import { OPERATE, type Right, SIGNED_IN, VIEW_ALL, viewOf } from '#lib/rights.ts';
import type {
  AggregateCommand,
  AggregateWords,
  ConsoleModule,
  EventLook,
  Happened,
  Page,
  QuantityWords,
} from './console-module.ts';

/** An aggregate as people read of it. */
export type NamedAggregate = Pick<AggregateWords, 'noun' | 'icon' | 'toStateParts'> & {
  /** Its id without its type. */
  readonly id: string;
  readonly href: string;
  /** "Account CZ-1". */
  readonly label: string;
  /** The name of its module; `*` where no module has such aggregates. */
  readonly module: string;
  readonly commands: readonly AggregateCommand[];
  readonly actions: readonly { readonly label: string; readonly href: string }[];
};

type ViewWords = { readonly label: string; readonly purpose: string | null };

/** All modules' words, and the console's own for what no module names. */
export type ConsoleWords = {
  readonly modules: readonly ConsoleModule[];
  /** In the order of the navigation. */
  readonly pages: readonly GuardedPage[];
  /** The types of aggregates with their nouns. */
  readonly types: readonly { readonly type: string; readonly noun: string }[];
  readonly nameAggregate: (aggregateId: string) => NamedAggregate;
  /** A sentence for any event; one that no module knows is named by its type. */
  readonly toSentence: (event: Happened) => string;
  readonly toNote: (event: Happened) => string | null;
  readonly toLook: (eventType: string) => EventLook;
  /** How many views have a name: about as many as there are projections. */
  readonly viewCount: number;
  /** What a consumer or projection is called; its own name when nobody knows it. */
  readonly nameView: (name: string) => ViewWords;
  readonly nameQuantity: (name: string) => QuantityWords;
};

/** A page with what one must hold to see it. */
export type GuardedPage = Page & { readonly right: Right | typeof SIGNED_IN };

const OVERVIEW: Page = { href: '/', label: 'Overview', icon: IconLayoutDashboard, keys: 'g o' };
const OWN_PAGES: readonly Page[] = [
  { href: '/commands', label: 'Commands', icon: IconTerminal2, keys: 'g c' },
  { href: '/events', label: 'Events', icon: IconActivity, keys: 'g e' },
  { href: '/projections', label: 'Projections', icon: IconStack2, keys: 'g p' },
  { href: '/dead-letters', label: 'Dead letters', icon: IconMailX, keys: 'g d' },
  { href: '/integrity', label: 'Integrity', icon: IconShieldCheck, keys: 'g i' },
  { href: '/audit', label: 'Audit', icon: IconHistory, keys: 'g h' },
  { href: '/webhooks', label: 'Webhooks', icon: IconWebhook },
  { href: '/api-docs', label: 'API', icon: IconApi },
];

/** Of those that need another right than to view all modules. */
const OWN_RIGHTS: Readonly<Record<string, GuardedPage['right']>> = {
  '/audit': OPERATE,
  '/api-docs': SIGNED_IN,
};

const OWN_VIEWS: Readonly<Record<string, ViewWords>> = {
  journal: {
    label: 'Journal',
    purpose: 'Copies the stream into PostgreSQL, in one total order that all projections read.',
  },
  'hot-views': { label: 'Hot views', purpose: 'Keeps the views in DynamoDB.' },
};

const PLAIN_QUANTITY: Omit<QuantityWords, 'label'> = {
  unit: 'Unit',
  made: 'Came in less went out',
  held: 'Held',
  formatAmount: (amount, unit) => `${amount} ${unit}`,
};

/** Puts the modules' words together. */
export function createConsoleWords(modules: readonly ConsoleModule[]): ConsoleWords {
  const aggregates: Readonly<Record<string, AggregateWords>> = Object.assign(
    {},
    ...modules.map((module) => module.aggregates),
  );
  const looks: Readonly<Record<string, EventLook>> = Object.assign(
    {},
    ...modules.map((module) => module.looks),
  );
  const views: Readonly<Record<string, ViewWords>> = Object.assign(
    {},
    ...modules.map((module) => module.views),
    OWN_VIEWS,
  );
  const quantities: Readonly<Record<string, QuantityWords>> = Object.assign(
    {},
    ...modules.map((module) => module.quantities),
  );
  return {
    modules,
    viewCount: modules.reduce((sum, { views }) => sum + Object.keys(views).length, 0),
    pages: [
      { ...OVERVIEW, right: VIEW_ALL },
      ...modules.flatMap(({ name, pages }) =>
        pages.map((page) => ({ ...page, right: viewOf(name) })),
      ),
      ...OWN_PAGES.map((page) => ({ ...page, right: OWN_RIGHTS[page.href] ?? VIEW_ALL })),
    ],
    types: Object.entries(aggregates).map(([type, { noun }]) => ({ type, noun })),
    nameAggregate: (aggregateId) => {
      const { type, id } = parseAggregateId(aggregateId);
      const words: AggregateWords = aggregates[type] ?? { noun: type || 'item', icon: IconBox };
      const { noun, icon, toHref, toStateParts, commands = [], actions = [] } = words;
      const path = `/aggregates/${encodeURIComponent(type)}/${encodeURIComponent(id)}`;
      const label = `${noun.charAt(0).toUpperCase()}${noun.slice(1)} ${id}`;
      return {
        id,
        noun,
        icon,
        href: toHref?.(id) ?? path,
        label,
        module: modules.find((each) => each.aggregates[type] !== undefined)?.name ?? '*',
        commands,
        ...(toStateParts && { toStateParts }),
        actions: actions.map((action) => ({ label: action.label, href: action.toHref(id) })),
      };
    },
    toSentence: (event) =>
      modules
        .map((module) => module.toSentence?.(event))
        .find((sentence) => sentence !== undefined) ?? toEventTypeName(event.eventType),
    toNote: (event) =>
      modules.map((module) => module.toNote?.(event) ?? null).find((note) => note !== null) ?? null,
    toLook: (eventType) => looks[eventType] ?? { icon: IconPoint, tone: 'neutral' },
    nameView: (name) => views[name] ?? { label: name, purpose: null },
    nameQuantity: (name) => quantities[name] ?? { ...PLAIN_QUANTITY, label: name },
  };
}
