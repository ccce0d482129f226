const BLANKS = /[ \t\r\n]*/y;
/** Of the control characters JSON refuses those of ASCII that come before the blank. */
const TEXT = /"(?:[^"\\\p{Cc}]|[\x7f-\x9f]|\\(?:["\\/bfnrt]|u[0-9A-Fa-f]{4}))*"/uy;
const PLAIN = /(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)(?![\w.+-])/y;

/** What may come next. A list or map that has just begun may end; behind a comma it may not. */
type Expected = 'value' | 'first element' | 'first member' | 'member' | 'comma or end';

/** Where a text stops being JSON; undefined when all of it is. In one pass, without recursion. */
export function findJsonFault(text: string): number | undefined {
  /** The lists and maps that are open, by what ends them. */
  const open: string[] = [];
  let expected: Expected = 'value';
  let at = 0;
  const take = (pattern: RegExp) => {
    pattern.lastIndex = at;
    const length = pattern.exec(text)?.[0].length ?? -1;
    at += Math.max(0, length);
    return length >= 0;
  };
  for (;;) {
    take(BLANKS);
    const character = text[at];
    if (expected === 'comma or end') {
      if (open.length === 0) {
        return at === text.length ? undefined : at;
      }
      if (character === open.at(-1)) {
        open.pop();
      } else if (character === ',') {
        expected = open.at(-1) === '}' ? 'member' : 'value';
      } else {
        return at;
      }
      at += 1;
    } else if (
      (expected === 'first element' && character === ']') ||
      (expected === 'first member' && character === '}')
    ) {
      open.pop();
      at += 1;
      expected = 'comma or end';
    } else if (expected === 'member' || expected === 'first member') {
      if (!take(TEXT) || !take(BLANKS) || text[at] !== ':') {
        return at;
      }
      at += 1;
      expected = 'value';
    } else if (character === '[' || character === '{') {
      open.push(character === '[' ? ']' : '}');
      expected = character === '[' ? 'first element' : 'first member';
      at += 1;
    } else if (take(TEXT) || take(PLAIN)) {
      expected = 'comma or end';
    } else {
      return at;
    }
  }
}
