import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseQuery } from '#server/runtime/queries/parse-query.ts';
import { createRegistry } from '#server/runtime/registry.ts';
import { createTestBank, type TestBank } from '#server/testing/bank.ts';
import { planDemoCrm } from '../demo/plan-demo-crm.ts';
import { crmModule } from '../module.ts';
import { entitiesQuerySchema, getEntitiesPage } from './entities-page.ts';
import { requireKindOf } from './entity-kinds.ts';
import { tryMapping } from './try-mapping.ts';

/** The demo's records: five clients, two contracts, two deals, three contacts. */
let crm: TestBank;

beforeAll(async () => {
  const registry = createRegistry([crmModule]);
  crm = await createTestBank(registry);
  for (const { type, input } of planDemoCrm('2026-06-01T00:00:00.000Z')) {
    const command = registry.commands.get(type);
    if (command !== undefined) {
      await crm.run(command, input);
    }
  }
  await crm.settle();
});
afterAll(() => crm.close());

const list = (plural: string, params: string) =>
  getEntitiesPage(
    crm.postgres.db,
    requireKindOf(plural),
    parseQuery(entitiesQuerySchema, new URLSearchParams(params)),
  );
const titles = async (plural: string, params: string) =>
  (await list(plural, params)).items.map(({ title }) => title);

describe('clients', () => {
  it.each([
    [
      'filter=status:eq:Active',
      ['Aurora Records', 'Blue Harbour Music', 'Café Noir Éditions', 'Delta Sound'],
    ],
    ['filter=status:ne:Active', ['Echo & Söhne']],
    ['filter=status:in:Inactive,Prospect', ['Echo & Söhne']],
    [
      'filter=business_types:contains:Publisher&filter=currency:eq:EUR',
      ['Aurora Records', 'Café Noir Éditions'],
    ],
    ['filter=name:contains:noir', ['Café Noir Éditions']],
    ['filter=name:starts-with:cafe', ['Café Noir Éditions']],
    ['filter=name:starts-with:noir', []],
    ['filter=sso_id:is-null:false', ['Blue Harbour Music']],
    ['filter=parent_id:is-null:true&filter=currency:eq:USD', ['Delta Sound']],
    ['filter=is_deleted:eq:true', ['Echo & Söhne']],
    ['filter=last_modified_date:gte:2026-05-28', ['Blue Harbour Music']],
    ['q=france prospect', []],
    ['q=kingdom', ['Blue Harbour Music']],
    ['q=sohne', ['Echo & Söhne']],
    ['q="moved in may"', ['Blue Harbour Music']],
    ['q=records -aurora', []],
    ['attention=reading', ['Café Noir Éditions']],
    ['sort=-title&limit=1', ['Echo & Söhne']],
    [
      'sort=currency,-title',
      ['Echo & Söhne', 'Café Noir Éditions', 'Aurora Records', 'Blue Harbour Music', 'Delta Sound'],
    ],
  ])('%s', async (params, expected) => {
    expect(await titles('clients', params)).toEqual(expected);
  });

  it('are turned page by page, forwards and backwards, in an order of two directions', async () => {
    const whole = await titles('clients', 'sort=currency,-title');
    const sort = 'sort=currency,-title&limit=2';
    let page = await list('clients', sort);
    const seen = page.items.map(({ title }) => title);
    while (page.nextCursor !== null) {
      page = await list('clients', `${sort}&cursor=${page.nextCursor}`);
      seen.push(...page.items.map(({ title }) => title));
    }
    expect(seen).toEqual(whole);
    const back = await list('clients', `${sort}&cursor=${page.previousCursor}`);
    expect(back.items.map(({ title }) => title)).toEqual(whole.slice(2, 4));
  });

  it.each([
    'filter=status',
    'filter=nothing:eq:1',
    'filter=status:like:a',
    'filter=is_deleted:gt:true',
    'filter=name:is-null:maybe',
    'filter=created_date:gt:soon',
    'filter=is_deleted:contains:t',
    'sort=nothing',
    'sort=name,name,name,name,name',
    'cursor=e30',
  ])('refuse %s with a sentence', async (params) => {
    await expect(list('clients', params)).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  });
});

it('numbers and days are compared as such', async () => {
  expect(await titles('deals', 'filter=amount:gt:9000')).toHaveLength(2);
  expect(await titles('deals', 'filter=amount:lt:12500.51')).toEqual(['Blue Harbour: renewal']);
  expect(await titles('deals', 'filter=amount:eq:12500.50')).toEqual(['Blue Harbour: renewal']);
  expect(await titles('deals', 'sort=-amount')).toEqual([
    'Aurora: catalogue 2027',
    'Blue Harbour: renewal',
  ]);
  expect(await titles('contracts', 'filter=end_date:gte:2027-12-01')).toEqual(['00000117']);
});

it('a field that cannot be read has its sentence, and the record its other fields', async () => {
  const { items, facets } = await list('contracts', 'attention=errors');
  expect(items).toMatchObject([
    {
      title: '00000118',
      values: { start_date: '2025-07-01' },
      errors: { end_date: '"until further notice" is not a day.' },
    },
  ]);
  expect(facets).toEqual({ attention: [{ value: 'errors', count: 1 }] });
});

it('a mapping is tried on real records, and says what would change', async () => {
  const kind = requireKindOf('contracts');
  const fields = kind.mapping.fields.map((field) =>
    field.name === 'end_date' ? { ...field, type: 'text' as const } : field,
  );
  const mapping = { ...kind.mapping, version: 2, fields };
  expect(await tryMapping(crm.postgres.db, kind, { mapping, sample: 100 })).toEqual({
    tried: 2,
    different: 1,
    items: [
      {
        recordId: expect.stringMatching(/^800/),
        title: '00000118',
        fields: [
          {
            name: 'end_date',
            serving: 'Error: "until further notice" is not a day.',
            tried: '"until further notice"',
          },
        ],
      },
    ],
  });
});
