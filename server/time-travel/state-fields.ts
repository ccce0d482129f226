import type { AccountState } from '#server/domain/account/account-state.ts';

/** A field of a state that changed; undefined where the state has no such field. */
export type FieldChange = {
  readonly field: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
};

/** A state as it travels and is shown: every field a text, amounts in minor units. */
export function toStateFields(state: AccountState): Record<string, string> {
  return Object.fromEntries(Object.entries(state).map(([field, value]) => [field, String(value)]));
}

/** The fields that differ between two states, in the order of `after`, then those that are gone. */
export function diffStates(before: AccountState, after: AccountState): FieldChange[] {
  const old = toStateFields(before);
  const now = toStateFields(after);
  return [...new Set([...Object.keys(now), ...Object.keys(old)])]
    .filter((field) => old[field] !== now[field])
    .map((field) => ({ field, before: old[field], after: now[field] }));
}
