import { showUnseenLines } from '#lib/unseen-text.ts';

/** Words that statements use as codes, as people say them. Everything else is the bank's own text. */
const WORDS = new Map([
  ['cash-in', 'cash in'],
  ['cash-out', 'cash out'],
  ['remittance-out', 'remittance out'],
  ['collection-in', 'collection in'],
  ['card-withdrawal', 'card withdrawal'],
  ['internal', 'internal'],
  ['interest', 'interest'],
  ['statement-fee', 'statement fee'],
  ['loan-payment', 'loan payment'],
  ['sanction-interest', 'sanction interest'],
]);

/**
 * A description for people: "cash-out: statement-fee" is "Cash out: statement fee". Only whole parts that
 * are such codes change; what a reader cannot see is written out.
 */
export function toDescriptionText(description: string): string {
  const parts = description.split(': ');
  const isCode = WORDS.has(parts[0] ?? '');
  const text = parts.map((part) => WORDS.get(part) ?? part).join(': ');
  return showUnseenLines(isCode ? text.charAt(0).toUpperCase() + text.slice(1) : text);
}
