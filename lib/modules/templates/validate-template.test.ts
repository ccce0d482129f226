import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TemplateParameter } from './template-state.ts';
import { validateTemplate } from './validate-template.ts';

const parameter = (changes: Partial<TemplateParameter> = {}): TemplateParameter => ({
  name: 'port',
  type: 'number',
  allowed: [],
  secret: false,
  ...changes,
});

const yaml = (text: string, parameters: readonly TemplateParameter[] = []) =>
  validateTemplate({ format: 'yaml', text, parameters });
const json = (text: string, parameters: readonly TemplateParameter[] = []) =>
  validateTemplate({ format: 'json', text, parameters });

const SHOP = `services:
  - name: web
    kind: frontend
    configuration:
      PORT: \${port}
    links: [api]
  - name: api
    kind: service
    links: [db, web]
  - name: db
    kind: postgres
configuration:
  region: eu
`;

describe('a template’s validation', () => {
  it('takes services with links, cycles included, and references to parameters', () => {
    expect(yaml(SHOP, [parameter()])).toEqual([]);
    expect(json('{"services": [{"name": "web", "kind": "frontend"}]}')).toEqual([]);
    expect(json(JSON.stringify({ services: [], configuration: { a: 'b'.repeat(900) } }))).toEqual(
      [],
    );
  });

  it.each([
    ['a text that does not parse', 'services: [\n', 2, 1, /.+/],
    ['an empty text', '', 1, 1, /must be a map/],
    ['a text without services', 'a: 1\n', 1, 1, /“services” is missing/],
    ['what is not known', 'services: []\nservers: []\n', 2, 1, /“servers” is not known/],
    ['a service without a kind', 'services:\n  - name: web\n', 2, 5, /“kind” is missing/],
    ['a list where a text is needed', 'services:\n  - name: [a]\n    kind: x\n', 2, 11, /text/],
    ['a name in capitals', 'services:\n  - kind: x\n    name: Web\n', 3, 11, /small letters/],
    ['a bad key', 'services: []\nconfiguration:\n  "a b": c\n', 3, 3, /A key has/],
    ['an empty value', 'services: []\nconfiguration:\n  a:\n', 3, 5, /must be a text/],
    ['a member twice', 'services: []\nservices: []\n', 2, 1, /two members/],
    ['an anchor', 'services: &all []\n', 1, 16, /Anchors/],
    ['an alias', 'services: []\nconfiguration: *all\n', 2, 16, /.+/],
    ['a tag', 'services: []\nconfiguration: !!map {}\n', 2, 22, /Tags/],
    ['two documents', 'services: []\n---\nservices: []\n', 2, 1, /multiple documents/],
    ['a reserved name', 'services: []\n__proto__: {}\n', 2, 1, /name of a member/],
  ])('says the line and column of %s', (_, text, line, column, message) => {
    expect(yaml(text)).toContainEqual({ line, column, message: expect.stringMatching(message) });
  });

  it.each([
    ['two services of a name', SHOP.replace('name: api', 'name: web'), 7, 11, /two services/],
    ['a link to nothing', SHOP.replace('[db, web]', '[db, cache]'), 9, 17, /no service “cache”/],
    ['a link to itself', SHOP.replace('[db, web]', '[api]'), 9, 13, /with itself/],
    ['a link twice', SHOP.replace('[db, web]', '[db, db]'), 9, 17, /twice/],
    ['an unknown reference', SHOP.replace('eu', `eu-\${zone}`), 13, 14, /no parameter “zone”/],
    ['a reference that does not end', SHOP.replace('eu', 'eu-${port'), 13, 14, /“port…”/],
    ['a hidden reference', SHOP.replace('eu', '"\\x24{zone}"'), 13, 11, /“zone”/],
    ['a value of two lines', SHOP.replace('eu', '"e\\nu"'), 13, 11, /one line/],
    ['an unseen character', SHOP.replace('eu', '"e\\0u"'), 13, 11, /one line/],
  ])('says the line and column of %s', (_, text, line, column, message) => {
    const problems = yaml(text, [parameter()]);
    expect(problems).toContainEqual({ line, column, message: expect.stringMatching(message) });
  });

  it('quotes nothing that cannot be kept', () => {
    const [problem] = yaml(`services: []\n"${'😀'.repeat(60)}\\0": 1\n"a\\0": 1\n`);
    expect(problem?.message.isWellFormed()).toBe(true);
    const [nul] = yaml('services: []\n"a\\0": 1\n');
    expect(nul?.message).toBe('“a\\u0000” is not known here.');
  });

  it('is strict about JSON', () => {
    expect(json('{"services": [],}')).toEqual([
      { line: 1, column: 17, message: 'From here on it is not JSON.' },
    ]);
    expect(json('services: []')).toHaveLength(1);
    expect(json('{"services": [{"name": "a", "kind": 1.50}]}')).toMatchObject([
      { line: 1, column: 37 },
    ]);
  });

  it.each<[string, TemplateParameter, RegExp]>([
    ['a default of another type', parameter({ default: 'many' }), /Default of “port”.*number/],
    ['a default that is not allowed', parameter({ default: '3', allowed: ['1', '2'] }), /1, 2/],
    [
      'an allowed value of another type',
      parameter({ allowed: ['x'] }),
      /Allowed value “x” of “port”/,
    ],
    ['a default of a boolean', parameter({ type: 'boolean', default: 'yes' }), /true, false/],
    [
      'a default of a secret',
      parameter({ type: 'text', secret: true, default: 'x' }),
      /no default/,
    ],
  ])('finds %s', (_, wrong, message) => {
    const right = parameter({ name: 'size', default: '2', allowed: ['1', '2'] });
    expect(yaml('services: []', [right, wrong])).toEqual([
      { parameter: 'port', message: expect.stringMatching(message) },
    ]);
  });

  it.each([
    '['.repeat(262_144),
    '- '.repeat(131_072),
    '{"a":'.repeat(50_000),
    `${'- '.repeat(90)}\n`.repeat(1_400),
    Array.from({ length: 190 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n'),
    'a: &a\n'.repeat(40_000),
    'aaa: b\n'.repeat(37_000),
  ])('ends on a text that is made to break it', (text) => {
    for (const problems of [yaml(text), json(text)]) {
      expect(problems.length).toBeGreaterThan(0);
      expect(problems.length).toBeLessThanOrEqual(50);
    }
  });

  it('never throws, and always says the same', () => {
    const pieces = [
      'services',
      ':',
      ' ',
      '\n',
      '- ',
      '[',
      ']',
      '{',
      '}',
      '"',
      "'",
      '|',
      '&a',
      '*a',
    ];
    const text = fc.array(fc.constantFrom(...pieces, `\${a}`, 'name', '!!x', '#', ',', '? ', '%'), {
      maxLength: 40,
    });
    fc.assert(
      fc.property(text, (parts) => {
        const joined = parts.join('');
        expect(yaml(joined)).toEqual(yaml(joined));
        for (const { line = 1, column = 1 } of yaml(joined)) {
          expect(line).toBeGreaterThan(0);
          expect(column).toBeGreaterThan(0);
        }
      }),
    );
  });
});
