import { QueryClient, QueryObserver } from '@tanstack/react-query';
import { expect, onTestFinished, test, vi } from 'vitest';
import { readAgain } from './read-again.ts';

/** A query whose reads are answered by hand, with what was there when each began. */
function givenQuery() {
  const client = new QueryClient();
  const reads: { answer: () => void; refuse: () => void }[] = [];
  let stored = 'old';
  const observer = new QueryObserver(client, {
    queryKey: ['shown'],
    retry: false,
    queryFn: () => {
      const seen = stored;
      return new Promise<string>((resolve, reject) => {
        reads.push({
          answer: () => resolve(seen),
          refuse: () => reject(new Error(`There is only ${seen}.`)),
        });
      });
    },
  });
  onTestFinished(observer.subscribe(() => undefined));
  onTestFinished(() => client.clear());
  const store = (text: string) => {
    stored = text;
    return readAgain(client, { queryKey: ['shown'] });
  };
  return { client, reads, store, getShown: () => client.getQueryData(['shown']) };
}

test('what changes while a query is read for the first time is read again', async () => {
  const { reads, store, getShown } = givenQuery();
  const done = store('new');
  reads[0]?.answer();
  await vi.waitFor(() => expect(reads).toHaveLength(2));
  reads[1]?.answer();
  await done;
  expect(getShown()).toBe('new');
});

test('also where the first read was refused', async () => {
  const { reads, store, getShown } = givenQuery();
  const done = store('new');
  reads[0]?.refuse();
  await vi.waitFor(() => expect(reads).toHaveLength(2));
  reads[1]?.answer();
  await done;
  expect(getShown()).toBe('new');
});

test('what is shown already is read once', async () => {
  const { reads, store, getShown } = givenQuery();
  reads[0]?.answer();
  await vi.waitFor(() => expect(getShown()).toBe('old'));
  const done = store('new');
  reads[1]?.answer();
  await done;
  expect(reads).toHaveLength(2);
  expect(getShown()).toBe('new');
});
