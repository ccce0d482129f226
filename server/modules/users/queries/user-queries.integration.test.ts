import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  permissionChangesPageSchema,
  permissionMatrixSchema,
  userAnswerSchema,
  usersPageSchema,
} from '#lib/modules/users/queries.ts';
import {
  createNotifications,
  type NotificationSource,
} from '#server/runtime/platform/notifications.ts';
import { LIVE_SCHEMA } from '#server/runtime/platform/schemas.ts';
import { encodeCursor } from '#server/runtime/queries/cursor.ts';
import { defineList } from '#server/runtime/queries/list.ts';
import { getListPage } from '#server/runtime/queries/list-page.ts';
import { parseQuery } from '#server/runtime/queries/parse-query.ts';
import { applyEvents } from '#server/runtime/views/postgres-view.ts';
import { createTestPostgres, type TestPostgres } from '#server/testing/engines.ts';
import {
  changed,
  deactivated,
  minute,
  registered,
  toUserHistory,
  updated,
} from '#server/testing/users.ts';
import type { UserEvent } from '../domain/user-events.ts';
import { usersModule } from '../module.ts';
import { userProfilesView } from '../views/user-profiles/user-profiles-view.ts';
import { getPermissionChanges, permissionChangesQuerySchema } from './permission-changes.ts';
import { getPermissionMatrix, permissionMatrixQuerySchema } from './permission-matrix.ts';
import { searchUsers } from './search-users.ts';
import { findUser, userQuerySchema } from './user-answer.ts';
import { usersList } from './users-list.ts';

let postgres: TestPostgres;
let notifications: NotificationSource;

/** Names repeat, so that every sort has ties; addresses do not. */
const NAMES = ['Ada Lovelace', 'Äda Byron', 'Bob', 'bob', '100% Proof_Ltd', 'C\\D'];
const MANY: [string, UserEvent[]][] = Array.from({ length: 24 }, (_, index) => [
  `m-${String((index * 7) % 24).padStart(3, '0')}`,
  [registered({ name: NAMES[index % 6] ?? '', email: `m${index}@example.com` })],
]);
const HISTORIES: [string, UserEvent[]][] = [
  [
    'u-ada',
    [registered({ email: 'ada@king.org', name: 'Zoë Q' }), changed(['*:view', 'bank:view'])],
  ],
  [
    'u-bea',
    [
      registered({ email: 'bea@king.org', name: 'Zoe R' }),
      changed(['*:view']),
      changed(['users:administration'], ['*:view']),
      updated({ email: 'beatrix@king.org', name: 'Zoe Reuß' }),
      changed(['*:view']),
    ],
  ],
  [
    'u-cy',
    [registered({ email: 'cy@king.org', name: 'Zoe S' }), changed(['bank:view']), deactivated()],
  ],
  ...MANY,
];

beforeAll(async () => {
  postgres = await createTestPostgres();
  notifications = createNotifications(postgres);
  const events = HISTORIES.flatMap(([userId, history]) => toUserHistory(userId, history));
  // In the order in which they happened, in batches of five.
  const journal = events
    .sort((a, b) => (a.timestamp < b.timestamp ? -1 : 1))
    .map((event, index) => ({ ...event, position: index + 1 }));
  for (let start = 0; start < journal.length; start += 5) {
    await postgres.db.transaction(async (tx) => {
      for (const view of usersModule.views) {
        await applyEvents(tx, view, journal.slice(start, start + 5), LIVE_SCHEMA);
      }
    });
  }
});

afterAll(() => postgres.close());

async function getUser(userId: string, params: Record<string, string> = {}) {
  const query = parseQuery(userQuerySchema, new URLSearchParams(params));
  const deps = { db: postgres.db, notifications };
  return userAnswerSchema.parse(await findUser(deps, userId, query));
}

type Params = Record<string, string> | string[][];

async function getUsers(params: Params) {
  const page = await getListPage(postgres.db, usersList, new URLSearchParams(params));
  return usersPageSchema.parse(page);
}

async function getMatrix(params: Params) {
  const query = parseQuery(permissionMatrixQuerySchema, new URLSearchParams(params));
  return permissionMatrixSchema.parse(await getPermissionMatrix(postgres.db, query));
}

async function getChanges(params: Params) {
  const query = parseQuery(permissionChangesQuerySchema, new URLSearchParams(params));
  return permissionChangesPageSchema.parse(await getPermissionChanges(postgres.db, query));
}

/** All items of a list, page by page. */
async function getAll<Item>(
  get: (params: Record<string, string>) => Promise<{ items: Item[]; nextCursor: string | null }>,
  params: Record<string, string>,
): Promise<Item[]> {
  const items: Item[] = [];
  for (let cursor: string | null = ''; cursor !== null; ) {
    const page = await get({ ...params, cursor });
    items.push(...page.items);
    cursor = page.nextCursor;
  }
  return items;
}

describe('the list of users', () => {
  it.each(['name', 'email', 'registeredAt', 'updatedAt'])(
    'has everybody once, in the order of %s, whatever the pages are',
    async (sort) => {
      const whole = (await getUsers({ sort, limit: '200' })).items.map(({ userId }) => userId);
      expect(whole).toHaveLength(27);
      expect(new Set(whole).size).toBe(27);
      for (const limit of ['1', '4', '27']) {
        const paged = await getAll(getUsers, { sort, limit });
        expect(paged.map(({ userId }) => userId)).toEqual(whole);
      }
      const downwards = await getAll(getUsers, { sort, dir: 'desc', limit: '5' });
      expect(downwards.map(({ userId }) => userId)).toEqual(whole.toReversed());
    },
  );

  it('sorts names as people know the alphabet', async () => {
    const names = (await getUsers({ limit: '200' })).items.map(({ name }) => name);
    expect([...new Set(names)].slice(0, 5)).toEqual([
      '100% Proof_Ltd',
      'Äda Byron',
      'Ada Lovelace',
      'bob',
      'Bob',
    ]);
  });

  it.each([
    ['zoe', ['u-ada', 'u-bea', 'u-cy']],
    ['ZOË reuss', ['u-bea']],
    ['beatrix@', ['u-bea']],
    ['king.org q', ['u-ada']],
    ['bea@king', []],
    ['u-cy', ['u-cy']],
  ])('finds “%s” in names, addresses and ids', async (q, userIds) => {
    const { items, total } = await getUsers({ q });
    expect(items.map(({ userId }) => userId)).toEqual(userIds);
    expect(total).toBe(userIds.length);
  });

  it('takes wildcards of a search as they are', async () => {
    expect((await getUsers({ q: '100%' })).total).toBe(4);
    expect((await getUsers({ q: 'f_l' })).total).toBe(4);
    expect((await getUsers({ q: 'c\\d' })).total).toBe(4);
  });

  it('counts by status within the search, whatever status is chosen', async () => {
    const { items, total, facets } = await getUsers({ q: 'zoe', status: 'deactivated' });
    expect(items).toMatchObject([{ userId: 'u-cy', deactivatedAt: minute(2), version: 3 }]);
    expect(total).toBe(1);
    expect(facets.status).toEqual([
      { value: 'active', count: 2 },
      { value: 'deactivated', count: 1 },
    ]);
  });

  it('counts each facet within all others, and what is not there as well', async () => {
    const list = defineList(userProfilesView, {
      searched: ['name'],
      facets: ['status', 'version', 'deactivatedAt'],
      sorts: ['version'],
    });
    const params = new URLSearchParams('q=zoe&deactivatedAt=&status=active&version=5&version=3');
    const { total, facets } = await getListPage(postgres.db, list, params);
    expect(total).toBe(1);
    expect(facets).toMatchObject({
      status: [
        { value: 'active', count: 1 },
        { value: 'deactivated', count: 1 },
      ],
      version: [
        { value: '2', count: 1 },
        { value: '5', count: 1 },
      ],
      deactivatedAt: [{ value: '', count: 1 }],
    });
  });

  it('goes on by numbers, and refuses what cannot have been written here', async () => {
    const list = defineList(userProfilesView, {
      searched: ['name'],
      facets: [],
      sorts: ['version'],
    });
    const get = (search: string) =>
      getListPage(postgres.db, list, new URLSearchParams(`q=zoe&limit=1&dir=desc&${search}`));
    const versions: unknown[] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const page = await get(`cursor=${cursor}`);
      versions.push(...page.items.map(({ version }) => version));
      cursor = page.nextCursor;
    }
    expect(versions).toEqual([5, 3, 2]);
    const odd = { sort: 'version', dir: 'desc', value: 'x', id: 'u-ada' };
    await expect(get(`cursor=${encodeCursor(odd)}`)).rejects.toMatchObject({
      code: 'INVALID_INPUT',
    });
  });

  it('refuses a cursor of another order', async () => {
    const { nextCursor } = await getUsers({ limit: '2' });
    const other = getUsers({ sort: 'email', cursor: nextCursor ?? '' });
    await expect(other).rejects.toMatchObject({ code: 'INVALID_INPUT', field: 'cursor' });
  });
});

describe('the search for a user', () => {
  const find = (q: string, most = 8) => postgres.db.transaction((tx) => searchUsers(tx, q, most));

  it('finds who begins with it before who has it', async () => {
    expect(await find('zoe')).toEqual([
      { aggregateId: 'user#u-ada', title: 'Zoë Q', detail: 'u-ada' },
      { aggregateId: 'user#u-bea', title: 'Zoe Reuß', detail: 'u-bea' },
      { aggregateId: 'user#u-cy', title: 'Zoe S', detail: 'u-cy' },
    ]);
    expect((await find('king.org')).map(({ detail }) => detail)).toEqual([
      'u-ada',
      'u-bea',
      'u-cy',
    ]);
    expect((await find('ada', 2)).map(({ title }) => title)).toEqual(['Äda Byron', 'Äda Byron']);
    expect(await find('%')).toMatchObject([{ title: '100% Proof_Ltd' }, {}, {}, {}]);
  });
});

describe('a user', () => {
  it('comes with what they may do, by whose grant', async () => {
    const answer = await getUser('u-bea');
    expect(answer.user).toMatchObject({ email: 'beatrix@king.org', updatedAt: minute(4) });
    expect(answer.permissions).toEqual([
      { permission: '*:view', grantedBy: 'operator', grantedAt: minute(4), sequence: 5 },
      {
        permission: 'users:administration',
        grantedBy: 'operator',
        grantedAt: minute(2),
        sequence: 3,
      },
    ]);
  });

  it('is waited for', async () => {
    const early = getUser('u-bea', { sequence: '6', timeout: '0' });
    await expect(early).rejects.toMatchObject({ code: 'WAIT_TIMED_OUT' });
  });

  it('may be nobody', async () => {
    await expect(getUser('u-dee')).rejects.toMatchObject({ code: 'USER_NOT_FOUND' });
  });
});

describe('the permission matrix', () => {
  const held = ({ items }: Awaited<ReturnType<typeof getMatrix>>) =>
    items.map(({ userId, permissions }) => [userId, ...permissions.map((each) => each.permission)]);

  it('has everybody, and what each holds', async () => {
    const matrix = await getMatrix({ limit: '200' });
    expect(matrix).toMatchObject({ total: 27, at: null, nextCursor: null });
    expect(held(await getMatrix({ q: 'zoe' }))).toEqual([
      ['u-ada', '*:view', 'bank:view'],
      ['u-bea', '*:view', 'users:administration'],
      ['u-cy'],
    ]);
    expect(matrix.facets.permission).toEqual([
      { value: '*:view', count: 2 },
      { value: 'bank:view', count: 1 },
      { value: 'users:administration', count: 1 },
    ]);
  });

  it('is as it was at any time: who was there, and what they held then', async () => {
    expect((await getMatrix({ at: minute(-1) })).total).toBe(0);
    expect(held(await getMatrix({ q: 'zoe', at: minute(0) }))).toEqual([
      ['u-ada'],
      ['u-bea'],
      ['u-cy'],
    ]);
    expect(held(await getMatrix({ q: 'zoe', at: minute(1) }))).toEqual([
      ['u-ada', '*:view', 'bank:view'],
      ['u-bea', '*:view'],
      ['u-cy', 'bank:view'],
    ]);
    const later = await getMatrix({ q: 'zoe', at: minute(2).replace('.000Z', 'Z') });
    expect(held(later)).toEqual([
      ['u-ada', '*:view', 'bank:view'],
      ['u-bea', 'users:administration'],
      ['u-cy'],
    ]);
    expect(later.at).toBe(minute(2));
    expect(later.items.map(({ status }) => status)).toEqual(['active', 'active', 'deactivated']);
    const now = await getMatrix({ q: 'zoe' });
    expect((await getMatrix({ q: 'zoe', at: minute(99) })).items).toEqual(now.items);
  });

  it('is narrowed to users, and to who holds a permission, with all that they hold', async () => {
    const holders = await getMatrix({ permission: 'users:administration' });
    expect(held(holders)).toEqual([['u-bea', '*:view', 'users:administration']]);
    expect(holders.total).toBe(1);
    const before = await getMatrix([
      ['permission', 'users:administration'],
      ['permission', 'bank:view'],
      ['at', minute(1)],
    ]);
    expect(held(before).map(([userId]) => userId)).toEqual(['u-ada', 'u-cy']);
    const one = await getMatrix({ user: 'u-ada', permission: 'users:administration' });
    expect(one).toMatchObject({ items: [], total: 0 });
    expect(one.facets.permission.map(({ value }) => value)).toEqual(['*:view', 'bank:view']);
  });

  it('has everybody once, whatever the pages are', async () => {
    const whole = (await getMatrix({ limit: '200' })).items;
    expect(await getAll(getMatrix, { limit: '4' })).toEqual(whole);
  });

  it.each(['yesterday', '0000-01-01T00:00:00Z', '2026-01-01'])('is of no time “%s”', async (at) => {
    await expect(getMatrix({ at })).rejects.toMatchObject({ code: 'INVALID_INPUT', field: 'at' });
  });
});

describe('the changes of permissions', () => {
  it('come newest first, a deactivation’s too', async () => {
    const { items } = await getChanges({ permission: 'bank:view' });
    const change = { permission: 'bank:view', change: 'granted', sequence: 2 };
    expect(items).toEqual([
      {
        ...change,
        userId: 'u-cy',
        change: 'revoked',
        sequence: 3,
        changedBy: 'operator',
        changedAt: minute(2),
      },
      { ...change, userId: 'u-cy', changedBy: 'administrator', changedAt: minute(1) },
      { ...change, userId: 'u-ada', changedBy: 'administrator', changedAt: minute(1) },
    ]);
  });

  it('come once, whatever the pages are', async () => {
    const whole = (await getChanges({})).items;
    expect(whole).toHaveLength(8);
    expect(await getAll(getChanges, { limit: '1' })).toEqual(whole);
    expect((await getChanges({ user: 'u-bea' })).items).toHaveLength(4);
  });
});
