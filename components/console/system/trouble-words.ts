import type { ConsoleWords } from '#components/console/console-words.ts';
import type { EventTrouble } from '#lib/contracts/system.ts';
import { formatCount } from '#lib/count-format.ts';

/** Views by the names that people read: "Accounts, Transactions and Hot views". */
export function nameViews({ nameView }: ConsoleWords, views: readonly string[]): string {
  const names = views.map((view) => nameView(view).label);
  const last = names.at(-1) ?? '';
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} and ${last}`;
}

/** "Event 3 (AccountFrozen)". */
export function nameEvent({
  eventSequence,
  eventType,
}: Pick<EventTrouble, 'eventSequence' | 'eventType'>): string {
  return `Event ${formatCount(eventSequence)}${eventType === null ? '' : ` (${eventType})`}`;
}

/** Somebody's words, ended as a sentence is. */
export function endSentence(words: string): string {
  return /[.!?]$/.test(words) ? words : `${words}.`;
}

/** What is the matter with an event, and what it means for its aggregate, in sentences. */
export function describeTrouble(words: ConsoleWords, trouble: EventTrouble): string {
  const { noun } = words.nameAggregate(trouble.aggregateId);
  const { sentence, waitsIn, skipped, skippedIn, isUnfoldable } = trouble;
  return [
    endSentence(sentence),
    waitsIn.length === 0
      ? ''
      : `The ${noun} waits at it in ${nameViews(words, waitsIn)}; all others go on.`,
    skipped === null
      ? ''
      : `${skipped.by} skipped it in ${nameViews(words, skippedIn)}: ${endSentence(skipped.reason)}`,
    isUnfoldable
      ? `Commands on the ${noun} are refused until a program that can read it runs.`
      : '',
    toAdvice(trouble),
  ]
    .filter((part) => part !== '')
    .join(' ');
}

function toAdvice({ waitsIn }: EventTrouble): string {
  return waitsIn.length === 0
    ? ''
    : 'Deploy a program that can read it, then retry; or skip it, which leaves it out for ever.';
}
