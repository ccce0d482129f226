import { stringify } from 'lossless-json';
import { parseDigits } from '../domain/parse-json.ts';

/** The elements of a JSON list, to the digit; anything else is one text, as it came. Pure. */
export function splitBody(body: string): string[] {
  const list = parseDigits(body);
  return Array.isArray(list) && list.length > 0
    ? list.map((each) => stringify(each) ?? 'null')
    : [body];
}
