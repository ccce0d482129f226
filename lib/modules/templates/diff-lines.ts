import { diffArrays } from 'diff';
import type { LineChange } from './queries.ts';

/** Beyond so many changed lines two texts have little in common: all of it is shown as changed. */
const MOST_CHANGES = 1_000;

/** The shortest way from one text to another in lines that are removed and added. Pure. */
export function diffLines(before: string, after: string): LineChange[] {
  const [a, b] = [before.split(/\r?\n/), after.split(/\r?\n/)];
  const runs = diffArrays(a, b, { maxEditLength: MOST_CHANGES }) ?? [
    { value: a, removed: true, added: false },
    { value: b, removed: false, added: true },
  ];
  let [x, y] = [0, 0];
  return runs.flatMap(({ value, added, removed }) =>
    value.map((text): LineChange => {
      x += added ? 0 : 1;
      y += removed ? 0 : 1;
      return {
        mark: added ? 'added' : removed ? 'removed' : 'same',
        text,
        before: added ? null : x,
        after: removed ? null : y,
      };
    }),
  );
}
