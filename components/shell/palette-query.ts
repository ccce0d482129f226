import type { ConsoleWords } from '#components/console/console-words.ts';
import { toAggregateId } from '#lib/aggregate-id.ts';

/** So much of an action's name is enough to mean it. */
const SHORTEST_VERB = 3;

type Words = Pick<ConsoleWords, 'nameAggregate' | 'types'>;

/** Whether a label has every word of a text in it, in any order and case. Pure, like all of these. */
export function matchesWords(label: string, text: string): boolean {
  const folded = fold(label);
  return toWords(text).every((word) => folded.includes(word));
}

/** A text as what is to be done to an aggregate ("deposit"), and as what it is called ("lindqvist"). */
export function splitQuery(words: Words, text: string): { verbs: string; rest: string } {
  const labels = words.types.flatMap(({ type }) =>
    words.nameAggregate(toAggregateId(type, '')).actions.map(({ label }) => fold(label)),
  );
  const isVerb = (word: string) =>
    word.length >= SHORTEST_VERB && labels.some((label) => label.startsWith(word));
  const all = toWords(text);
  return {
    verbs: all.filter(isVerb).join(' '),
    rest: all.filter((word) => !isVerb(word)).join(' '),
  };
}

/** What the server is asked for: what is left beside an action's name. */
export function toSearched(words: Words, text: string): string {
  const { verbs, rest } = splitQuery(words, text);
  return verbs === '' || rest === '' ? text : rest;
}

/** The aggregate whose page has this path; null on other pages. */
export function toOpenAggregate(words: Words, pathname: string): string | null {
  const last = pathname.split('/').at(-1) ?? '';
  const ids = words.types.map(({ type }) => toAggregateId(type, decode(last)));
  return ids.find((id) => last !== '' && words.nameAggregate(id).href === pathname) ?? null;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function toWords(text: string): string[] {
  return fold(text).split(/\s+/).filter(Boolean);
}

function fold(text: string): string {
  return text
    .normalize('NFKD')
    .replaceAll(/[\u0300-\u036f]/g, '')
    .toLowerCase();
}
