import type { DeadLetter } from './dead-letter.ts';

type Grouped = Pick<DeadLetter, 'projection' | 'category' | 'eventType' | 'errorGroup'>;

/** Groups what has the same error in the same projection, in the order of each group's first. Pure. */
export function toGroups<Letter extends Grouped>(
  letters: readonly Letter[],
): (Grouped & { readonly letters: readonly Letter[] })[] {
  const groups = new Map<string, Letter[]>();
  for (const letter of letters) {
    const { projection, category, eventType, errorGroup } = letter;
    const key = JSON.stringify([projection, category, eventType, errorGroup]);
    const members = groups.get(key);
    if (members === undefined) {
      groups.set(key, [letter]);
    } else {
      members.push(letter);
    }
  }
  return [...groups.values()].flatMap((members) => {
    const [first] = members;
    if (first === undefined) {
      return [];
    }
    const { projection, category, eventType, errorGroup } = first;
    return [{ projection, category, eventType, errorGroup, letters: members }];
  });
}
