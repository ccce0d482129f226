import { expect, it } from 'vitest';
import { decodePathPart } from './decode-path-part.ts';

it.each([
  ['1787', '1787'],
  ['a%2Fb', 'a/b'],
  ['%25', '%'],
  ['%', '%'],
  ['%E0%A4%A', '%E0%A4%A'],
])('reads "%s" as "%s"', (part, text) => {
  expect(decodePathPart(part)).toBe(text);
});
