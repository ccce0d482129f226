import type { Tone } from '#components/ui/tone.ts';
import { countOf } from '#lib/count-format.ts';
import type { Mark } from '#lib/modules/projects/topology.ts';

/** What became of a service or a link: in a sign, a word and a colour. */
export const MARKS: Readonly<
  Record<Mark, { readonly sign: string; readonly text: string; readonly tone: Tone }>
> = {
  added: { sign: '+', text: 'Added', tone: 'good' },
  removed: { sign: '−', text: 'Removed', tone: 'bad' },
  changed: { sign: '~', text: 'Changed', tone: 'warn' },
  same: { sign: '', text: 'Unchanged', tone: 'neutral' },
};

/** A link that is part of a cycle. */
export const CYCLE = { sign: '↻', text: 'Part of a cycle' };

const LIST = new Intl.ListFormat('en');

/** What is to be said of a link beside its ends: "added, part of a cycle". */
export function toLinkWords(mark: Mark, isInCycle: boolean): string[] {
  return [
    ...(mark === 'same' ? [] : [MARKS[mark].text.toLowerCase()]),
    ...(isInCycle ? [CYCLE.text.toLowerCase()] : []),
  ];
}

/** The cycles of a topology (`findCycles`) in a sentence. */
export function toCycleSentence(groups: readonly (readonly string[])[]): string {
  const [first = []] = groups;
  switch (groups.length) {
    case 0:
      return 'No services use each other in a cycle.';
    case 1:
      return `${LIST.format(first)} use each other in a cycle.`;
    default:
      return `${countOf(groups.length, 'group')} of services use each other in a cycle: ${groups
        .map((group) => LIST.format(group))
        .join('; ')}.`;
  }
}
