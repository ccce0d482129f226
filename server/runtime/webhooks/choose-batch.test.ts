import { expect, it } from 'vitest';
import { journalRow } from '#server/testing/journal-row.ts';
import { chooseBatch } from './choose-batch.ts';
import { toProgress } from './to-progress.ts';

const rows = ['A', 'B', 'C', 'A', 'D'].map((account, index) => journalRow(index + 1, account));
const choose = (state: { ahead: number[]; attempts: number }, next = rows) =>
  chooseBatch(next, state).map(({ position }) => position);

it('no event overtakes the one before it of its aggregate', () => {
  expect(choose({ ahead: [], attempts: 0 })).toEqual([1, 2, 3]);
  expect(choose({ ahead: [], attempts: 0 }, rows.slice(1))).toEqual([2, 3, 4, 5]);
});

it('an event that failed is sent alone, and what was taken behind it is not sent again', () => {
  expect(choose({ ahead: [3], attempts: 1 }, rows.slice(1))).toEqual([2]);
  expect(choose({ ahead: [3], attempts: 0 }, rows.slice(2))).toEqual([4, 5]);
  expect(choose({ ahead: [3], attempts: 0 }, rows.slice(2, 3))).toEqual([]);
});

it('a batch has ten events, and no more bytes than EventBridge takes', () => {
  const many = Array.from({ length: 12 }, (_, index) => journalRow(index, `A${index}`));
  expect(choose({ ahead: [], attempts: 0 }, many)).toHaveLength(10);
  const large = many.map((row) => ({ ...row, eventData: { note: 'x'.repeat(100_000) } }));
  expect(choose({ ahead: [], attempts: 0 }, large)).toEqual([0, 1]);
  const tooLarge = many.map((row) => ({ ...row, eventData: { note: 'x'.repeat(300_000) } }));
  expect(choose({ ahead: [], attempts: 0 }, tooLarge)).toEqual([0]);
});

it('a webhook comes up to the first event that failed', () => {
  const sent = { kind: 'sent' as const };
  const setAside = { kind: 'set-aside' as const, error: 'no' };
  const retry = { kind: 'retry' as const, error: 'no', waitMs: 1, isRefused: false };
  const progress = (...decisions: (typeof sent | typeof setAside | typeof retry)[]) =>
    toProgress(
      { position: 0, ahead: [7] },
      decisions.map((decision, index) => ({ decision, event: journalRow(index + 1, 'A') })),
    );
  expect(progress(sent, setAside, sent)).toEqual({ position: 3, ahead: [7] });
  expect(progress(sent, retry, sent, retry, setAside)).toEqual({ position: 1, ahead: [7, 3, 5] });
  expect(progress(retry)).toEqual({ position: 0, ahead: [7] });
});
