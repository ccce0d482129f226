import type { QuantityWords } from '#components/console/console-module.ts';
import type { Tone } from '#components/ui/tone.ts';
import { type Conservation, judgeConservation, toExcess } from '#lib/contracts/conservation.ts';
import { countOf } from '#lib/count-format.ts';

/** A finding in a word or two, and in a sentence. Pure. */
export function describeConservation(
  { formatAmount }: Pick<QuantityWords, 'formatAmount'>,
  found: Conservation,
): { readonly word: string; readonly tone: Tone; readonly sentence: string } {
  switch (judgeConservation(found)) {
    case 'unknown':
      return { word: 'Unknown', tone: 'warn', sentence: found.problem ?? '' };
    case 'conserved':
      return { word: 'Conserved', tone: 'good', sentence: 'Nothing is lost, and nothing made up.' };
    case 'violated': {
      const off = found.units.flatMap((unit) => {
        const excess = toExcess(unit);
        return [
          ...(excess === 0n ? [] : [`off by ${formatAmount(excess, unit.unit)}`]),
          ...(unit.unpaired === 0
            ? []
            : [`${countOf(unit.unpaired, 'transfer')} in ${unit.unit} with one side`]),
        ];
      });
      return { word: 'Not conserved', tone: 'bad', sentence: `It is ${off.join('; ')}.` };
    }
  }
}
