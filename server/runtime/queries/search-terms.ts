import { type SQL, sql } from 'drizzle-orm';
import { LIVE_SCHEMA } from '#server/runtime/platform/schemas.ts';
import { containsPattern } from './like-pattern.ts';

/** More words than these say nothing more about what is looked for. */
const MOST_TERMS = 8;

/** Shorter ones are looked for at the beginning of a word: an index of three-letter pieces finds them there. */
const SHORTEST_INNER_TERM = 3;

const SHOWN_AMOUNT = /^[+−-]?(\d{1,3}(?:,\d{3})*(?:\.\d+)?)$/;
const LETTER_OR_DIGIT = /[\p{L}\p{N}]/u;

/**
 * What a search looks for: the pieces of a text between its blanks, each of which must occur, in any
 * order. Amounts may be written as they are shown ("-1,234.50"). Pure.
 */
export function toTerms(q: string): string[] {
  return q
    .split(/\s+/)
    .filter((term) => term !== '')
    .slice(0, MOST_TERMS)
    .map((term) => SHOWN_AMOUNT.exec(term)?.[1]?.replaceAll(',', '') ?? term);
}

/** Whether an index of three-letter pieces can find anything for a term: it knows letters and digits only. */
export function isIndexable(term: string): boolean {
  return LETTER_OR_DIGIT.test(term);
}

/**
 * Whether a folded text (`fold_text`, with a blank before its first word) contains a term, whatever the
 * case and the accents are.
 */
export function containsTerm(foldedText: SQL, term: string): SQL {
  const isShort = [...term].length < SHORTEST_INNER_TERM && LETTER_OR_DIGIT.test(term.charAt(0));
  return sql`${foldedText} LIKE ${FOLD}(${containsPattern(isShort ? ` ${term}` : term)})`;
}

/** The function that takes accents and case away from a text: see the migrations. */
export const FOLD = sql.raw(`${LIVE_SCHEMA}.fold_text`);
