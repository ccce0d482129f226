import { nameProjection } from '#components/projections/projection-names.ts';
import type { EventTrouble } from '#lib/contracts/system.ts';
import { formatCount } from '#lib/count-format.ts';

/** Views by the names that people read: "Accounts, Transactions and Hot views". */
export function nameViews(views: readonly string[]): string {
  const names = views.map((view) => nameProjection(view).label);
  const last = names.at(-1) ?? '';
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} and ${last}`;
}

/** "Event 3 (AccountFrozen)". */
export function nameEvent({ eventSequence, eventType }: EventTrouble): string {
  return `Event ${formatCount(eventSequence)}${eventType === null ? '' : ` (${eventType})`}`;
}

/** What is the matter with an event, and what it means for its account, in sentences. */
export function describeTrouble(trouble: EventTrouble): string {
  const { sentence, waitsIn, skipped, skippedIn, isUnfoldable } = trouble;
  return [
    /[.!?]$/.test(sentence) ? sentence : `${sentence}.`,
    waitsIn.length === 0
      ? ''
      : `The account waits at it in ${nameViews(waitsIn)}; all others go on.`,
    skipped === null
      ? ''
      : `${skipped.by} skipped it in ${nameViews(skippedIn)}: ${skipped.reason.replace(/\.$/, '')}.`,
    isUnfoldable
      ? 'Commands on the account are refused until a program that can read it runs.'
      : '',
    toAdvice(trouble),
  ]
    .filter((part) => part !== '')
    .join(' ');
}

function toAdvice({ waitsIn, accountId }: EventTrouble): string {
  return waitsIn.length === 0
    ? ''
    : `Deploy a program that can read it, then npm run -s ops -- dead-letters retry --account ${accountId}; or leave it out with dead-letters skip.`;
}

/** The commands of the command line that end the waiting at an event, one a line. */
export function toCommands({ waitsIn, accountId, eventSequence }: EventTrouble): string[] {
  const [view] = waitsIn;
  return view === undefined
    ? []
    : [
        `npm run -s ops -- dead-letters retry --account ${accountId}`,
        ...waitsIn.map(
          (name) =>
            `npm run -s ops -- dead-letters skip --projection ${name} --account ${accountId} --sequence ${eventSequence} --reason "…"`,
        ),
      ];
}
