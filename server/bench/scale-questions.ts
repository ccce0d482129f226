import type { z } from 'zod';
import { accountQuerySchema, findAccount } from '#server/modules/bank/queries/account-answer.ts';
import { getAccountSummary } from '#server/modules/bank/queries/account-summary.ts';
import {
  accountsQuerySchema,
  getAccountsPage,
} from '#server/modules/bank/queries/accounts-page.ts';
import { getCurve } from '#server/modules/bank/queries/curve.ts';
import { getLedgerPage, ledgerQuerySchema } from '#server/modules/bank/queries/ledger-page.ts';
import type { EventStore } from '#server/runtime/event-store/event-store.ts';
import { countConflicts } from '#server/runtime/journal/count-conflicts.ts';
import type { Db, Postgres } from '#server/runtime/platform/postgres.ts';
import { readSnapshot } from '#server/runtime/queries/snapshot.ts';
import type { Registry } from '#server/runtime/registry.ts';
import {
  countDeadLetters,
  readProjectionRows,
} from '#server/runtime/views/get-projection-statuses.ts';
import { getProjectionLag } from '#server/runtime/views/lag.ts';
import { type CommandFilter, findCommands } from '#server/web/commands/find-commands.ts';
import type { OriginDeps } from '#server/web/commands/find-origins.ts';
import { getEventDetail } from '#server/web/queries/event-detail.ts';
import { getEventsPage } from '#server/web/queries/events-page.ts';
import { eventsQuerySchema, isCounted } from '#server/web/queries/events-query.ts';
import { search } from '#server/web/queries/search.ts';
import { getStats } from '#server/web/queries/stats.ts';

/** What a page asks; `draw` gives another whole number below its bound each time. */
export type Question = {
  readonly name: string;
  /** A search in payloads may take longer than a page. */
  readonly isSearch: boolean;
  readonly ask: (draw: (below: number) => number) => Promise<unknown>;
};

type Deps = Pick<Postgres, 'db'> &
  OriginDeps & {
    readonly scans: Db;
    readonly store: EventStore;
    readonly registry: Registry;
    readonly notifications: Parameters<typeof findAccount>[0]['notifications'];
    readonly accounts: number;
  };

const NAMES = ['novak', 'dvorak', 'weber jonas', 'anna', 'S0000', 'EUR', 'winther', 'CERNY petr'];
const SORTS = ['lastActivity', 'owner', 'number', 'balance', 'openedAt'];

/** Every question of every page to PostgreSQL, on the connections that the web server asks it on. */
export function toQuestions({
  db,
  scans,
  store,
  registry,
  notifications,
  accounts,
  ...origins
}: Deps): Question[] {
  const query = <Query>(schema: z.ZodType<Query>, params: object) => schema.parse(params);
  const page = (name: string, ask: Question['ask']) => ({ name, isSearch: false, ask });
  const payload = (name: string, ask: Question['ask']) => ({ name, isSearch: true, ask });
  const id = (a: number) => `S${String(a).padStart(8, '0')}`;
  const pick = (list: readonly string[], draw: (below: number) => number) =>
    list[draw(list.length)] ?? '';
  const listCommands = (filter: Partial<CommandFilter>) =>
    readSnapshot(db, (tx) =>
      findCommands(
        tx,
        store,
        { types: [], actors: [], aggregateId: undefined, ...filter },
        { before: undefined, limit: 51 },
      ),
    );
  const listAccounts = (params: object) => {
    const asked = query(accountsQuerySchema, params);
    return getAccountsPage(asked.q ? scans : db, asked);
  };
  const listEvents = (params: object) => {
    const asked = query(eventsQuerySchema, { limit: '100', ...params });
    return getEventsPage(isCounted(asked) ? db : scans, store, asked);
  };
  const ledger = (accountId: string, params: object) =>
    getLedgerPage('q' in params ? scans : db, accountId, query(ledgerQuerySchema, params));
  const anyOrder = (draw: (below: number) => number) => ({
    sort: pick(SORTS, draw),
    dir: pick(['asc', 'desc'], draw),
  });
  return [
    page('overview: figures', () => getStats({ db, now: () => new Date() }, { range: '24h' })),
    page('every page: state of the system', () =>
      Promise.all([
        getProjectionLag(db, registry.views),
        readProjectionRows(db, registry.views),
        countDeadLetters(db),
        countConflicts(db),
      ]),
    ),
    page('accounts: any order', (draw) => listAccounts(anyOrder(draw))),
    page('accounts: a later page', async (draw) => {
      const order = anyOrder(draw);
      const { nextCursor } = await listAccounts({ ...order, limit: '200' });
      return listAccounts({ ...order, cursor: nextCursor });
    }),
    page('accounts: narrowed', (draw) =>
      listAccounts({
        ...anyOrder(draw),
        currency: pick(['KWD', 'CZK', 'EUR'], draw),
        status: pick(['open', 'closed'], draw),
      }),
    ),
    page('accounts: searched', (draw) => listAccounts({ ...anyOrder(draw), q: pick(NAMES, draw) })),
    page('accounts: a number', (draw) =>
      listAccounts({ ...anyOrder(draw), q: id(draw(accounts)) }),
    ),
    page('palette', (draw) =>
      search(scans, registry, { q: pick([...NAMES, id(draw(accounts)), 'a1b2', 'no'], draw) }),
    ),
    page('account: header', (draw) =>
      findAccount({ db, store, notifications }, id(draw(accounts)), query(accountQuerySchema, {})),
    ),
    page('account: ledger', (draw) => ledger(id(draw(accounts)), {})),
    page('account: figures', (draw) => getAccountSummary(db, id(draw(accounts)))),
    page('account: curve', (draw) => getCurve(scans, id(draw(accounts)), 600)),
    page('commands: newest', () => listCommands({})),
    page('commands: by type and actor', (draw) =>
      listCommands({ types: ['Synthetic'], actors: [pick(['olga', 'import', 'demo'], draw)] }),
    ),
    page('commands: of an account', (draw) =>
      listCommands({ aggregateId: `account#${id(draw(accounts))}` }),
    ),
    page('events: newest', () => listEvents({})),
    page('events: by type and actor', (draw) =>
      listEvents({
        type: pick(['AccountOpened', 'MoneyDeposited', 'MoneyWithdrawn'], draw),
        ...(draw(2) === 0 ? { actor: pick(['olga', 'import', 'demo'], draw) } : {}),
      }),
    ),
    page('events: of an account', (draw) => listEvents({ accountId: id(draw(accounts)) })),
    page('events: one', async () => {
      const [event] = (await listEvents({ limit: '1' })).items;
      return getEventDetail({ db, store, ...origins }, event?.eventId ?? '');
    }),
    payload('events: a frequent word', (draw) =>
      listEvents({ q: pick(['rent', 'invoice', 'card payment', 'czk', 'preplatek'], draw) }),
    ),
    payload('events: a rare word', (draw) => listEvents({ q: `invoice ${draw(1_000_000)}` })),
    payload('events: an amount', (draw) =>
      listEvents({ q: `${1 + draw(10_000)}.${10 + draw(90)}` }),
    ),
    payload('events: an account’s number', (draw) => listEvents({ q: id(draw(accounts)) })),
    payload('events: two words and a type', (draw) =>
      listEvents({ q: `concert ${draw(10_000)}`, type: 'MoneyDeposited' }),
    ),
    payload('events: nothing', (draw) => listEvents({ q: `zzyzx${draw(1_000)}` })),
    payload('account: ledger searched', (draw) => ledger(id(draw(accounts)), { q: 'rent' })),
  ];
}
