import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  projectAnswerSchema,
  projectsPageSchema,
  serviceKindsSchema,
  templateUsageSchema,
  topologyOutlineSchema,
} from '#lib/modules/projects/queries.ts';
import { createEventStore } from '#server/runtime/event-store/create-event-store.ts';
import {
  createNotifications,
  type NotificationSource,
} from '#server/runtime/platform/notifications.ts';
import { LIVE_SCHEMA } from '#server/runtime/platform/schemas.ts';
import { parseQuery } from '#server/runtime/queries/parse-query.ts';
import { applyEvents } from '#server/runtime/views/postgres-view.ts';
import { appendHistory } from '#server/testing/append-history.ts';
import {
  createTestDynamo,
  createTestPostgres,
  type TestPostgres,
} from '#server/testing/engines.ts';
import { added, archived, connected, created, toProjectHistory } from '#server/testing/projects.ts';
import { FULL_REGISTRY } from '#server/testing/registry.ts';
import type { ProjectEvent } from '../domain/project-events.ts';
import { projectsModule } from '../module.ts';
import { countTemplateUses } from './count-template-uses.ts';
import { findProject, projectQuerySchema } from './project-answer.ts';
import { getProjectsPage, projectsQuerySchema } from './projects-page.ts';
import { searchProjects } from './search-projects.ts';
import { getServiceKinds } from './service-kinds.ts';
import { getTemplateUsage, templateUsageQuerySchema } from './template-usage.ts';
import { getTopologyOutline, topologyOutlineQuerySchema } from './topology-outline.ts';

let postgres: TestPostgres;
let notifications: NotificationSource;

const NAMES = ['Alpha', 'Äpfel', 'beta', '100%_\\'];
const ofShop = (version: number) => ({ templateId: 'shop', version, values: { port: '80' } });

/** Names and times repeat, so that every sort has ties. */
const HISTORIES: [string, ProjectEvent[]][] = [
  [
    'graph',
    [
      created({ name: 'The Graph', template: ofShop(2), configuration: { b: '2', a: '1' } }),
      added('web', { kind: 'frontend', configuration: { y: '2', x: '1' } }),
      added('db', { kind: 'postgres' }),
      connected('web', 'db'),
      connected('db', 'web'),
      added('gone', { links: ['db'] }),
      {
        eventType: 'ServiceRemoved',
        eventData: { name: 'gone', links: [{ from: 'gone', to: 'db' }] },
      },
    ],
  ],
  [
    'over',
    [
      created({ name: 'Over', template: ofShop(1), description: 'Crème brûlée' }),
      added('web', { kind: 'frontend' }),
      archived('Done'),
    ],
  ],
  ...Array.from({ length: 20 }, (_, index): [string, ProjectEvent[]] => [
    `m-${String((index * 7) % 20).padStart(2, '0')}`,
    [created({ name: NAMES[index % 4] ?? '', ...(index < 5 ? { template: ofShop(2) } : {}) })],
  ]),
];

beforeAll(async () => {
  postgres = await createTestPostgres();
  notifications = createNotifications(postgres);
  const events = HISTORIES.flatMap(([id, history]) => toProjectHistory(history, id)).map(
    (event, index) => ({ ...event, position: index + 1 }),
  );
  // In batches, and each event twice: what is held must be loaded and left as it is.
  for (const view of projectsModule.views) {
    for (let start = 0; start < events.length; start += 4) {
      const batch = events.slice(Math.max(0, start - 4), start + 4);
      await postgres.db.transaction((tx) => applyEvents(tx, view, batch, LIVE_SCHEMA));
    }
  }
});

afterAll(() => postgres.close());

const page = async (search = '') => {
  const query = parseQuery(projectsQuerySchema, new URLSearchParams(search));
  return projectsPageSchema.parse(await getProjectsPage(postgres.db, query));
};
const ids = async (search: string) => (await page(search)).items.map(({ projectId }) => projectId);
const deps = () => ({ db: postgres.db, notifications });
const wait = parseQuery(projectQuerySchema, new URLSearchParams());

describe('the list of projects', () => {
  it('has totals and facets', async () => {
    expect(await page()).toMatchObject({
      total: 22,
      facets: {
        status: [
          { value: 'active', count: 21 },
          { value: 'archived', count: 1 },
        ],
        template: [
          { value: '', count: 15 },
          { value: 'shop', count: 7 },
        ],
        kind: [
          { value: 'frontend', count: 2 },
          { value: 'postgres', count: 1 },
        ],
      },
    });
    expect(await page('template=shop&status=active')).toMatchObject({
      total: 6,
      facets: { status: [{ count: 6 }, { count: 1 }], template: [{ count: 15 }, { count: 6 }] },
    });
  });

  it('is narrowed to projects with a service of a kind', async () => {
    expect(await page('kind=frontend&status=active')).toMatchObject({
      items: [{ projectId: 'graph' }],
      total: 1,
      facets: {
        status: [
          { value: 'active', count: 1 },
          { value: 'archived', count: 1 },
        ],
        template: [{ value: 'shop', count: 1 }],
        kind: [
          { value: 'frontend', count: 1 },
          { value: 'postgres', count: 1 },
        ],
      },
    });
    expect(await page('kind=frontend&kind=postgres')).toMatchObject({ total: 2 });
    expect(await ids('kind=none')).toEqual([]);
  });

  it('is searched by id, name and description, whatever the accents are', async () => {
    expect(await ids('q=creme+BRULEE')).toEqual(['over']);
    expect(await ids('q=graph')).toEqual(['graph']);
    expect(await ids('q=apfel')).toHaveLength(5);
    expect(await ids('q=%25_')).toHaveLength(5);
    expect(await ids('q=nothing')).toEqual([]);
  });

  it.each(['name', 'services', 'createdAt', 'changedAt'])(
    'comes in pages by %s, each project once',
    async (sort) => {
      for (const dir of ['asc', 'desc']) {
        const whole = await ids(`sort=${sort}&dir=${dir}&limit=200`);
        const pages: string[] = [];
        let cursor: string | null = '';
        while (cursor !== null) {
          const part: Awaited<ReturnType<typeof page>> = await page(
            `sort=${sort}&dir=${dir}&limit=5&cursor=${cursor}`,
          );
          pages.push(...part.items.map(({ projectId }) => projectId));
          cursor = part.nextCursor;
        }
        expect(pages).toEqual(whole);
        expect(new Set(pages).size).toBe(22);
      }
    },
  );

  it('refuses a cursor of another order', async () => {
    const { nextCursor } = await page('limit=5&sort=name');
    await expect(page(`limit=5&sort=createdAt&cursor=${nextCursor}`)).rejects.toMatchObject({
      code: 'INVALID_INPUT',
    });
  });

  it('is found by the palette', async () => {
    const found = await postgres.db.transaction((tx) => searchProjects(tx, 'over', 5));
    expect(found).toEqual([
      { aggregateId: 'project#over', title: 'Over', detail: 'over · archived' },
    ]);
  });
});

describe('a project', () => {
  it('has its details', async () => {
    const { project } = projectAnswerSchema.parse(await findProject(deps(), 'graph', wait));
    expect(project).toMatchObject({
      configuration: { a: '1', b: '2' },
      templateValues: { port: '80' },
      services: 2,
      links: 2,
      version: 7,
    });
    await expect(findProject(deps(), 'none', wait)).rejects.toMatchObject({
      code: 'PROJECT_NOT_FOUND',
    });
  });
});

describe('the outline of a history', () => {
  const id = `outline-${randomUUID()}`;
  const history = toProjectHistory(
    [
      created(),
      added('first'),
      ...Array.from({ length: 1_198 }, (_, index) => added(`s-${index % 3}-${index}`)),
      connected('first', 's-0-0'),
      { eventType: 'ServiceRemoved', eventData: { name: 'first', links: [] } },
    ],
    id,
  );

  it('has what each range of events has brought, from the first event on', async () => {
    const dynamo = await createTestDynamo();
    const store = createEventStore(dynamo, FULL_REGISTRY.aggregates);
    await appendHistory(store, history);
    const ask = async (search: string) => {
      const query = parseQuery(topologyOutlineQuerySchema, new URLSearchParams(search));
      return topologyOutlineSchema.parse(await getTopologyOutline(store, `project#${id}`, query));
    };
    expect(await ask('from=1&to=3')).toEqual({ names: ['first', 's-0-0'], edges: [] });
    expect((await ask('from=1&to=1000')).names).toHaveLength(999);
    const newest = await ask('from=1001&to=2000');
    expect(newest.names).toHaveLength(202);
    expect(newest.names).toEqual(expect.arrayContaining(['first', 's-0-0']));
    expect(newest.edges).toEqual([{ source: 'first', target: 's-0-0' }]);
    for (const refused of ['from=1&to=1001', 'from=2&to=1', 'from=0&to=1', 'from=1']) {
      await expect(ask(refused)).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    }
    dynamo.close();
  });
});

describe('over all projects', () => {
  it('services are counted by kind, those of archived projects left out', async () => {
    expect(serviceKindsSchema.parse(await getServiceKinds(postgres.db))).toMatchObject({
      kinds: [
        { kind: 'frontend', services: 1 },
        { kind: 'postgres', services: 1 },
      ],
      links: [
        { from: 'frontend', to: 'postgres', count: 1 },
        { from: 'postgres', to: 'frontend', count: 1 },
      ],
    });
  });

  it('the use of a template is known by version and month, and project by project', async () => {
    const usage = async (search: string, templateId = 'shop') => {
      const query = parseQuery(templateUsageQuerySchema, new URLSearchParams(search));
      return templateUsageSchema.parse(await getTemplateUsage(postgres.db, templateId, query));
    };
    const first = await usage('limit=4');
    expect(first).toMatchObject({
      versions: [
        { version: 2, projects: 6, active: 6 },
        { version: 1, projects: 1, active: 0 },
      ],
      months: [
        { month: '2026-01', version: 1, projects: 1 },
        { month: '2026-01', version: 2, projects: 6 },
      ],
      total: 7,
    });
    const second = await usage(`limit=4&cursor=${first.nextCursor}`);
    const found = [...first.items, ...second.items].map(({ projectId }) => projectId);
    expect(new Set(found).size).toBe(7);
    expect(second.nextCursor).toBeNull();
    expect(await usage('', 'none')).toMatchObject({ versions: [], items: [], total: 0 });
    expect(await countTemplateUses(postgres.db, ['none', 'shop'])).toEqual(new Map([['shop', 7]]));
    expect(await countTemplateUses(postgres.db, [])).toEqual(new Map());
  });
});
