import type { Icon } from '@tabler/icons-react';
import type { ComponentType } from 'react';
import type { z } from 'zod';
import type { Tone } from '#components/ui/tone.ts';
import type { EventItem } from '#lib/contracts/queries.ts';
import type { TimeMachineParts } from './aggregate/time-machine/time-machine-parts.ts';

/** A page of the navigation. */
export type Page = {
  readonly href: string;
  readonly label: string;
  readonly icon: Icon;
  /** The shortcut that leads there: "g a". */
  readonly keys?: string;
};

/** What happened, as far as words for it need to know. */
export type Happened = Pick<EventItem, 'eventType' | 'eventData'>;

/** A command that is about one aggregate: a button on the console's page for it, with a form out of its schema. */
export type AggregateCommand = {
  readonly type: string;
  /** What its button says; without it, the type in words. */
  readonly label?: string;
  readonly schema: z.ZodObject;
  /** The field that has the aggregate's own id, which nobody is asked for. */
  readonly idField: string;
};

/** An aggregate of one type, in its module's words. */
export type AggregateWords = {
  /** "account": as it stands in a sentence. */
  readonly noun: string;
  readonly icon: Icon;
  /** Its page, by its own id; without one it has the console's page for aggregates. */
  readonly toHref?: (id: string) => string;
  /** How the fields of its state are shown, beside an event that changed it. */
  readonly toStateParts?: (state: Readonly<Record<string, string>>) => TimeMachineParts;
  /** What the palette offers for one of it, by its own id: "Deposit", and where that is done. */
  readonly actions?: readonly { readonly label: string; readonly toHref: (id: string) => string }[];
  /** What can be done on the console's page for it. */
  readonly commands?: readonly AggregateCommand[];
};

/** What an event type looks like at a glance. */
export type EventLook = { readonly icon: Icon; readonly tone: Tone };

/** A quantity that its module's events alone make and take away, in words. */
export type QuantityWords = {
  /** "Money". */
  readonly label: string;
  /** What it is counted in: "Currency". */
  readonly unit: string;
  /** What came in less what went out, and what the view holds altogether. */
  readonly made: string;
  readonly held: string;
  /** An amount in the unit's smallest part, with its unit. */
  readonly formatAmount: (amount: bigint, unit: string) => string;
};

/** The browser's half of a module: its pages, words and looks. The console knows modules by these alone. */
export type ConsoleModule = {
  readonly name: string;
  readonly pages: readonly Page[];
  /** By type. */
  readonly aggregates: Readonly<Record<string, AggregateWords>>;
  /** By event type. */
  readonly looks: Readonly<Record<string, EventLook>>;
  /** What happened, as a person says it; undefined where the event's type, in words, says enough. */
  readonly toSentence?: (event: Happened) => string | undefined;
  /** What people wrote on it; null when nothing. */
  readonly toNote?: (event: Happened) => string | null;
  /** Its views, by name: what people call them, and what they are for. */
  readonly views: Readonly<Record<string, { readonly label: string; readonly purpose: string }>>;
  /** What is conserved, by name. */
  readonly quantities?: Readonly<Record<string, QuantityWords>>;
  /** What the palette offers beside pages, and an overview without events suggests. */
  readonly actions: readonly { readonly label: string; readonly href: string }[];
  /** Its figures on the overview. */
  readonly Tiles?: ComponentType;
};
