import { beforeEach, expect, it, vi } from 'vitest';

const address = new URL('http://127.0.0.1/accounts');
const written: string[] = [];
const write = (_state: unknown, _unused: string, url: string) => {
  written.push(url);
  address.href = new URL(url, address).href;
};

async function begin(href: string): Promise<void> {
  const { keepNavigation } = await import('./keep-navigation.ts');
  keepNavigation(href);
}

beforeEach(() => {
  vi.resetModules();
  vi.stubGlobal('location', address);
  vi.stubGlobal('history', { pushState: write, replaceState: write });
  address.href = 'http://127.0.0.1/accounts';
  written.length = 0;
});

const ROUTER_STATE = { tree: [] };

it('leaves out what a page writes into its own address once the router goes elsewhere', async () => {
  await begin('/accounts/A-1');
  history.pushState(null, '', '/accounts?q=weber');
  history.replaceState(null, '', 'http://127.0.0.1/accounts?cursor=2');
  expect(written).toEqual([]);
});

it('lets the router’s own entry through, and from then on what the new page writes', async () => {
  await begin('/accounts/A-1');
  history.pushState(ROUTER_STATE, '', '/accounts/A-1');
  history.pushState(null, '', '/accounts/A-1?tab=timeline');
  expect(written).toEqual(['/accounts/A-1', '/accounts/A-1?tab=timeline']);
});

it('lets a page write while the router stays on it', async () => {
  await begin('/accounts?status=open');
  history.pushState(null, '', '/accounts?q=weber');
  expect(written).toEqual(['/accounts?q=weber']);
});

it('lets another navigation begin while one is under way', async () => {
  await begin('/accounts/A-1');
  await begin('/accounts?status=open');
  history.pushState(null, '', '/accounts?q=weber');
  expect(written).toEqual(['/accounts?q=weber']);
});
