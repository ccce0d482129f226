import { z } from 'zod';
import { PlayheadError } from '#lib/playhead-error.ts';
import type { HotItem, HotView } from './hot-view.ts';

/** An item as it lies in the table, whatever it is. */
export type StoredItem = Readonly<Record<string, unknown>>;

/**
 * What a program makes of a stored item. current: one of its own version. outdated: of an older
 * version, or none that it can read: it is folded anew. newer: a newer program wrote it, and this one
 * leaves it alone. disputed: another event came with the sequence of its last one; its aggregate waits.
 */
export type HotRead<Item extends HotItem> =
  | { readonly kind: 'current'; readonly item: Item }
  | {
      readonly kind: 'outdated' | 'newer' | 'disputed';
      readonly stored: StoredItem;
      /** How far it has come; undefined where that cannot be read. */
      readonly sequence: number | undefined;
      /** The version that it says it is of. */
      readonly version: number;
      /** Says what is the matter, for people. */
      readonly error: PlayheadError;
    };

const marksSchema = z.looseObject({
  sequence: z.int().positive().optional().catch(undefined),
  /** Items of before there were versions have none. */
  viewVersion: z.int().positive().default(1).catch(1),
  conflictsWith: z.string().optional().catch(undefined),
});

/** Reads the item of the aggregate with this own id as it is stored, by the view's own codec. */
export function readHotItem<Item extends HotItem>(
  view: HotView<Item>,
  id: string,
  stored: StoredItem,
): HotRead<Item> {
  const { sequence, viewVersion: version, conflictsWith } = marksSchema.parse(stored);
  const place = `The item of ${id} in ${view.name}`;
  const other = (kind: 'outdated' | 'newer', sentence: string): HotRead<Item> => {
    return {
      kind,
      stored,
      sequence,
      version,
      error: new PlayheadError('PROJECTION_OUTDATED', `${place} ${sentence}`),
    };
  };
  const anew = `It is folded anew at the next event, or by ops rebuild ${view.name}.`;
  if (version > view.version) {
    return other(
      'newer',
      `was written by version ${version} of the view, this program has version ${view.version}: ` +
        'it is left to a newer program.',
    );
  }
  if (version < view.version) {
    return other(
      'outdated',
      `was written by version ${version} of the view, this program has version ${view.version}. ${anew}`,
    );
  }
  let item: Item;
  try {
    item = view.parse(stored);
  } catch (error) {
    return other('outdated', `cannot be read (${toProblem(error)}). ${anew}`);
  }
  if (conflictsWith === undefined) {
    return { kind: 'current', item };
  }
  const sentence =
    `${place} holds event ${item.sequence} as ${item.eventId}, but that event came as ` +
    `${conflictsWith}: retry its dead letter, and it is folded anew from the event store.`;
  const error = new PlayheadError('EVENT_CONFLICT', sentence);
  return { kind: 'disputed', stored, sequence: item.sequence, version, error };
}

/** An item as it is to be stored: with its aggregate's own id, and the view's version. */
export function toStoredItem<Item extends HotItem>(view: HotView<Item>, id: string, item: Item) {
  return { ...view.toItem(item), [view.key]: id, viewVersion: view.version };
}

/** How far what is stored has come; 0 where there is nothing, or where that cannot be read. */
export function sequenceOf(read: HotRead<HotItem> | undefined): number {
  return (read?.kind === 'current' ? read.item.sequence : read?.sequence) ?? 0;
}

/** The item that is there in this program's version. */
export function heldOf<Item extends HotItem>(read: HotRead<Item> | undefined): Item | undefined {
  return read?.kind === 'current' ? read.item : undefined;
}

function toProblem(error: unknown): string {
  const issue = error instanceof z.ZodError ? error.issues[0] : undefined;
  return issue === undefined ? String(error) : `${issue.path.join('.')}: ${issue.message}`;
}
