import { expect, it } from 'vitest';
import { accountAggregate } from '#server/modules/bank/domain/account-aggregate.ts';
import { journalRow } from '#server/testing/journal-row.ts';
import type { EntityContent, PublishedEntity } from './published-entity.ts';
import { toEntityRow } from './to-entity-row.ts';

const entity: PublishedEntity = {
  aggregate: accountAggregate,
  type: 'playhead.test.thing.changed',
  version: 3,
  toContent: (state) => state as EntityContent,
};
const row = journalRow(7, 'A');
const at = (version: number, values: object, errors: Record<string, string> = {}) => ({
  version,
  state: { values, errors },
});

it('names what an event changed, by an id of the event and the version of what makes it', () => {
  const before = at(1, { name: 'Ada', tags: ['a', 'b'], gone: 1 });
  const after = at(2, { name: 'Ada', tags: ['a'], at: null });
  expect(toEntityRow(entity, row, before, after)).toEqual({
    ...row,
    eventId: 'event-7-v3',
    eventType: 'playhead.test.thing.changed',
    version: 3,
    eventData: { values: after.state.values, errors: {}, changed: ['at', 'gone', 'tags'] },
  });
});

it('names everything of what is new, whatever the state before the first event says', () => {
  const made = toEntityRow(entity, row, at(0, { name: 'Ada' }), at(1, { name: 'Ada' }));
  expect(made?.eventData).toMatchObject({ changed: ['name'] });
});

it('names a field whose error is another', () => {
  const made = toEntityRow(entity, row, at(1, {}, { amount: 'Not one.' }), at(2, {}));
  expect(made?.eventData).toEqual({ values: {}, errors: {}, changed: ['amount'] });
});

it('is nothing where the event changed nothing of it', () => {
  const before = at(1, { tags: ['a'], at: null }, { amount: 'Not one.' });
  const after = at(2, { at: null, tags: ['a'] }, { amount: 'Not one.' });
  expect(toEntityRow(entity, row, before, after)).toBeUndefined();
});
