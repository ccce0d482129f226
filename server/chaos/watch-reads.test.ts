import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createRandom } from '#server/runtime/platform/random.ts';
import { bankDomain } from './domains/bank/bank-domain.ts';
import { watchReads } from './watch-reads.ts';

/** What the API answers: the account's version in every view; null where there is no account. */
let version: number | null;
let server: Server;
let url: string;

beforeEach(async () => {
  version = 5;
  server = createServer((request, response) => {
    const isHot = request.url?.endsWith('/hot-views');
    response.statusCode = version === null && !isHot ? 404 : 200;
    response.end(JSON.stringify(isHot ? toHotViews() : toAnswer()));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  url = `http://127.0.0.1:${address !== null && typeof address === 'object' ? address.port : 0}`;
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

function toHotViews() {
  const sequence = version ?? 0;
  return {
    balance: { balance: '0', currency: 'EUR', status: 'open', sequence },
    recent: { items: [], sequence },
    problems: { balance: null, recent: null },
  };
}

function toAnswer() {
  const account = {
    ...{ accountId: 'A', number: 'A', owner: 'Ada', currency: 'EUR', status: 'open' },
    ...{ overdraftLimit: '0', balance: '0', version: version ?? 0 },
    ...{ openedAt: '', closedAt: null, lastActivityAt: '' },
  };
  return { account, source: 'read-model', freshness: null };
}

/** Reads in all ways for some time, then after a change for some time more. */
async function watchOver(change: () => void) {
  const served = vi.fn();
  server.on('request', served);
  const watch = watchReads(url, createRandom(1), bankDomain.reads);
  const readMore = async () => {
    const before = served.mock.calls.length;
    await vi.waitFor(() => expect(served.mock.calls.length).toBeGreaterThan(before + 20), 10_000);
  };
  for (let n = 0; n < 20; n += 1) {
    watch.noteWritten([{ aggregateId: 'account#A', sequence: 5 }]);
  }
  await readMore();
  change();
  await readMore();
  return watch.stop();
}

it('is content while every view only goes on', async () => {
  const reads = await watchOver(() => {
    version = 6;
  });
  expect(reads.problems).toEqual([]);
  expect(reads.eventual).toBeGreaterThan(20);
  expect(reads.waited).toBeGreaterThan(0);
});

it('sees every view that goes back', async () => {
  const { problems } = await watchOver(() => {
    version = 4;
  });
  for (const view of ['accounts', 'account-balances', 'recent-transactions']) {
    expect(problems).toContain(`${view} of account#A was at event 5, and later at 4.`);
  }
});

it('sees an account that is gone', async () => {
  const { problems } = await watchOver(() => {
    version = null;
  });
  expect(problems).toContain('accounts of account#A was at event 5, and later at 0.');
});

it('sees a wait that did not wait', async () => {
  const watch = watchReads(url, createRandom(1), bankDomain.reads);
  for (let n = 0; n < 30; n += 1) {
    watch.noteWritten([{ aggregateId: 'account#A', sequence: 6 }]);
  }
  const { problems } = await watch.stop();
  expect(problems).toContain('Waited for event 6 of account#A in accounts, and got 5.');
});
