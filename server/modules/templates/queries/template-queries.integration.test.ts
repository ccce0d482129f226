import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  catalogPageSchema,
  templateAnswerSchema,
  templateDifferenceSchema,
} from '#lib/modules/templates/queries.ts';
import {
  createNotifications,
  type NotificationSource,
} from '#server/runtime/platform/notifications.ts';
import { LIVE_SCHEMA } from '#server/runtime/platform/schemas.ts';
import { parseQuery } from '#server/runtime/queries/parse-query.ts';
import { applyEvents } from '#server/runtime/views/postgres-view.ts';
import { createTestPostgres, type TestPostgres } from '#server/testing/engines.ts';
import {
  deprecated,
  TEMPLATE_PARAMETERS,
  TEMPLATE_TEXT,
  toTemplateHistory,
  uploaded,
  validated,
} from '#server/testing/templates.ts';
import type { TemplateEvent } from '../domain/template-events.ts';
import { templatesModule } from '../module.ts';
import { catalogQuerySchema, getCatalogPage } from './catalog-page.ts';
import { searchTemplates } from './search-templates.ts';
import { findTemplate, templateQuerySchema } from './template-answer.ts';
import { getTemplateDifference } from './template-difference.ts';

let postgres: TestPostgres;
let notifications: NotificationSource;

const HISTORIES: [string, TemplateEvent[]][] = [
  [
    'shop',
    [
      uploaded(),
      validated(),
      uploaded({
        version: 2,
        text: TEMPLATE_TEXT.replace('eu', 'us'),
        tags: ['web', 'new'],
        parameters: [
          ...TEMPLATE_PARAMETERS.slice(1).map((parameter) => ({ ...parameter, description: 'x' })),
          { name: 'size', type: 'text', allowed: [], secret: false },
        ],
      }),
      validated(2, 'Wrong “here”.'),
    ],
  ],
  ['old', [uploaded({ name: 'Ältestes', tags: ['legacy'] }), validated(), deprecated('Old')]],
  ...Array.from({ length: 10 }, (_, index): [string, TemplateEvent[]] => [
    `m-${index}`,
    [uploaded({ name: 'Many', description: undefined, tags: [] })],
  ]),
];

beforeAll(async () => {
  postgres = await createTestPostgres();
  notifications = createNotifications(postgres);
  const events = HISTORIES.flatMap(([id, history]) => toTemplateHistory(history, id)).map(
    (event, index) => ({ ...event, position: index + 1 }),
  );
  // In batches, and each event twice: what is held must be loaded and left as it is.
  for (const view of templatesModule.views) {
    for (let start = 0; start < events.length; start += 3) {
      const batch = events.slice(Math.max(0, start - 3), start + 3);
      await postgres.db.transaction((tx) => applyEvents(tx, view, batch, LIVE_SCHEMA));
    }
  }
});

afterAll(() => postgres.close());

const page = async (search = '') => {
  const query = parseQuery(catalogQuerySchema, new URLSearchParams(search));
  return catalogPageSchema.parse(await getCatalogPage(postgres.db, query));
};
const ids = async (search: string) =>
  (await page(search)).items.map(({ templateId }) => templateId);
const find = async (templateId: string, search = '') =>
  templateAnswerSchema.parse(
    await findTemplate(
      { db: postgres.db, notifications },
      templateId,
      parseQuery(templateQuerySchema, new URLSearchParams(search)),
    ),
  );

describe('the catalog of templates', () => {
  it('has totals, and facets of states and tags', async () => {
    expect(await page()).toMatchObject({
      total: 12,
      facets: {
        state: [
          { value: 'unvalidated', count: 10 },
          { value: 'deprecated', count: 1 },
          { value: 'invalid', count: 1 },
        ],
        tag: [
          { value: 'legacy', count: 1 },
          { value: 'new', count: 1 },
          { value: 'web', count: 1 },
        ],
      },
    });
    expect(await page('tag=web&tag=legacy&state=invalid')).toMatchObject({
      total: 1,
      items: [{ templateId: 'shop', tags: ['web', 'new'], newestVersion: 2, problems: 1 }],
      facets: { state: [{ value: 'deprecated' }, { value: 'invalid' }] },
    });
  });

  it('is searched by id, name, description and tags', async () => {
    expect(await ids('q=altestes')).toEqual(['old']);
    expect(await ids('q=legacy')).toEqual(['old']);
    expect(await ids('q=database+new')).toEqual(['shop']);
    expect(await ids('q=m-3')).toEqual(['m-3']);
    const found = await postgres.db.transaction((tx) => searchTemplates(tx, 'shop', 5));
    expect(found.map(({ aggregateId }) => aggregateId)).toContain('template#shop');
  });

  it.each(['name', 'createdAt', 'changedAt'])('comes in pages by %s', async (sort) => {
    for (const dir of ['asc', 'desc']) {
      const whole = await ids(`sort=${sort}&dir=${dir}&limit=200`);
      const first = await page(`sort=${sort}&dir=${dir}&limit=5`);
      const second = await page(`sort=${sort}&dir=${dir}&limit=7&cursor=${first.nextCursor}`);
      const paged = [...first.items, ...second.items].map(({ templateId }) => templateId);
      expect(paged).toEqual(whole);
      expect(second.nextCursor).toBeNull();
    }
  });
});

describe('a template', () => {
  it('has its versions, and the text of the one that is shown', async () => {
    const { versions, ...newest } = await find('shop');
    expect(newest).toMatchObject({ shown: 2, text: TEMPLATE_TEXT.replace('eu', 'us'), version: 4 });
    expect(versions).toMatchObject([
      { number: 2, validity: 'invalid', problems: [{ message: 'Wrong “here”.', line: 1 }] },
      { number: 1, validity: 'valid', problems: [], bytes: TEMPLATE_TEXT.length },
    ]);
    expect(versions[1]?.parameters).toEqual(TEMPLATE_PARAMETERS);
    expect(await find('shop', 'shown=1')).toMatchObject({ shown: 1, text: TEMPLATE_TEXT });
    expect(await find('old')).toMatchObject({ deprecationReason: 'Old' });
    await expect(find('none')).rejects.toMatchObject({ code: 'TEMPLATE_NOT_FOUND' });
    await expect(find('shop', 'shown=3')).rejects.toMatchObject({ code: 'TEMPLATE_NOT_FOUND' });
  });

  it('has differences between its versions', async () => {
    const difference = templateDifferenceSchema.parse(
      await getTemplateDifference(postgres.db, 'shop', { from: 1, to: 2 }),
    );
    expect(difference.lines.filter(({ mark }) => mark !== 'same')).toEqual([
      { mark: 'removed', text: '  region: eu', before: 9, after: null },
      { mark: 'added', text: '  region: us', before: null, after: 9 },
    ]);
    expect(difference.parameters).toEqual({
      added: ['size'],
      removed: ['port'],
      changed: ['token'],
    });
    await expect(
      getTemplateDifference(postgres.db, 'shop', { from: 1, to: 9 }),
    ).rejects.toMatchObject({ code: 'TEMPLATE_NOT_FOUND' });
  });
});
