import { applyPatch } from 'diff';
import type { JsonValue } from '#lib/modules/crm/json-value.ts';
import type { HeldField } from './record-state.ts';

type Place = { readonly position: string; readonly at: number };

/** A field after a change set it; the newest change by position counts, whenever it came. Pure. */
export function withChange(held: HeldField, { position, at }: Place, value: JsonValue): HeldField {
  if (held.change !== undefined && held.change.position >= position) {
    return held;
  }
  return withDiffs({ ...held, change: { position, at, value } }, held.diffs);
}

/** A field after a change said how its text differs. Pure. */
export function withDiff(held: HeldField, { position, at }: Place, diff: string): HeldField {
  return withDiffs(held, [...(held.diffs ?? []), { position, at, diff }]);
}

/** A field after the record was read; the newest reading counts. Pure. */
export function withReading(held: HeldField, at: number, value: JsonValue): HeldField {
  return held.read !== undefined && held.read.at >= at ? held : { ...held, read: { at, value } };
}

/**
 * The value of a field: of its newest change or, where that is newer, of its newest reading, with the later
 * differences applied. Undefined where a difference does not fit, so that the text is not known. Pure.
 */
export function currentValueOf({ change, read, diffs = [] }: HeldField): JsonValue | undefined {
  const isRead = read !== undefined && (change === undefined || read.at > change.at);
  const base = isRead ? read.value : change?.value;
  const later = isRead ? diffs.filter(({ at }) => at > read.at) : diffs;
  return later.reduce<JsonValue | undefined>((text, { diff }) => applyDiff(text, diff), base);
}

function applyDiff(text: JsonValue | undefined, diff: string): string | undefined {
  if (typeof text !== 'string') {
    return undefined;
  }
  try {
    const patched = applyPatch(text, diff);
    return patched === false ? undefined : patched;
  } catch {
    return undefined;
  }
}

/** Keeps the differences that are newer than the change which set the whole text. */
function withDiffs(held: HeldField, diffs: HeldField['diffs'] = []): HeldField {
  const { diffs: _, ...others } = held;
  const newer = diffs
    .filter(({ position }) => position > (held.change?.position ?? ''))
    .sort((a, b) => (a.position < b.position ? -1 : 1));
  return newer.length === 0 ? others : { ...others, diffs: newer };
}
