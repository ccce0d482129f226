import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type ParsedNode,
  parseDocument,
  type YAMLMap,
} from 'yaml';
import { findJsonFault } from './find-json-fault.ts';
import type { TemplateContent, TemplateProblem } from './template-state.ts';

/** A template's text as a value of texts, lists and maps: a number is the text that was written. */
export type ParsedTemplate = {
  readonly value: unknown;
  readonly problems: readonly TemplateProblem[];
  /** Where a part of the value stands, by its JSON pointer: its first character, and that behind it. */
  readonly ranges: ReadonlyMap<string, readonly [start: number, end: number]>;
  /** Where the name of a member stands, by the JSON pointer of the member. */
  readonly names: ReadonlyMap<string, number>;
  readonly toPlace: (offset: number) => Place;
};

type Place = { readonly line: number; readonly column: number };

/** The parser’s regular expressions and its stack grow with the indentation. */
const MAX_INDENTATION = 200;
const INDENTATION = /^[ \t]*(?:[-?:][ \t]+)*/gm;

const TOO_DEEP = 'It is nested too deeply.';

/** Reads a text of the format. What cannot be read at all has no value, and problems. Pure. */
export function parseTemplate({
  text,
  format,
}: Pick<TemplateContent, 'text' | 'format'>): ParsedTemplate {
  const lines = new LineCounter();
  lines.addNewLine(0);
  for (const { index } of text.matchAll(/\n/g)) {
    lines.addNewLine(index + 1);
  }
  const toPlace = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return { line, column: col };
  };
  const ranges = new Map<string, readonly [number, number]>();
  const names = new Map<string, number>();
  const failed = (message: string, offset: number): ParsedTemplate => ({
    value: undefined,
    problems: [{ message, ...toPlace(offset) }],
    ranges,
    names,
    toPlace,
  });

  const fault = format === 'json' ? findJsonFault(text) : undefined;
  if (fault !== undefined) {
    return failed('From here on it is not JSON.', fault);
  }
  for (const { index, 0: indentation } of text.matchAll(INDENTATION)) {
    if (indentation.length > MAX_INDENTATION) {
      return failed(TOO_DEEP, index);
    }
  }
  try {
    const document = parseDocument(text, { prettyErrors: false, uniqueKeys: false });
    const errors = [...document.errors, ...document.warnings];
    if (errors.some(({ message }) => message.includes('call stack'))) {
      return failed(TOO_DEEP, 0);
    }
    if (errors.length > 0) {
      const problems = errors.map(({ message, pos }) => ({
        message: `${message.split('\n', 1)[0]}.`.replace(/\.\.$/, '.'),
        ...toPlace(pos[0]),
      }));
      return { value: undefined, problems, ranges, names, toPlace };
    }
    const problems: TemplateProblem[] = [];
    const refuse = (message: string, offset: number) =>
      problems.push({ message, ...toPlace(offset) });
    const value = document.contents && toValue(document.contents, '', { ranges, names, refuse });
    return { value, problems, ranges, names, toPlace };
  } catch (error) {
    if (error instanceof RangeError) {
      return failed(TOO_DEEP, 0);
    }
    throw error;
  }
}

/** The JSON pointer of a member of a map. */
export function toPointer(ofMap: string, name: string): string {
  return `${ofMap}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

type Reading = {
  readonly ranges: Map<string, readonly [number, number]>;
  readonly names: Map<string, number>;
  readonly refuse: (message: string, offset: number) => void;
};

function toValue(node: ParsedNode, pointer: string, reading: Reading): unknown {
  const [start, end] = node.range;
  reading.ranges.set(pointer, [start, end]);
  if (isAlias(node) || node.anchor !== undefined) {
    reading.refuse('Anchors and aliases are not read: write the value out.', start);
    return undefined;
  }
  if (node.tag !== undefined) {
    reading.refuse('Tags are not read.', start);
    return undefined;
  }
  if (isMap(node)) {
    return toMap(node, pointer, reading);
  }
  if (isSeq(node)) {
    return node.items.map((item, index) => toValue(item, `${pointer}/${index}`, reading));
  }
  return node.value === null || typeof node.value === 'string' ? node.value : node.source;
}

function toMap(node: YAMLMap.Parsed, pointer: string, reading: Reading): unknown {
  const members = new Map<string, unknown>();
  for (const { key, value } of node.items) {
    const start = key.range[0];
    const name = isScalar(key)
      ? typeof key.value === 'string'
        ? key.value
        : key.source
      : undefined;
    if (name === undefined || name === '__proto__') {
      reading.refuse('This cannot be the name of a member.', start);
    } else if (members.has(name)) {
      reading.refuse(`There are two members of the name “${name.slice(0, 100)}”.`, start);
    } else {
      const inner = toPointer(pointer, name);
      reading.names.set(inner, start);
      members.set(name, value === null ? null : toValue(value, inner, reading));
    }
  }
  return Object.fromEntries(members);
}
