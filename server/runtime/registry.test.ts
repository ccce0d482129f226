import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { crateAggregate, crateModule, cratesView } from '#server/testing/crates.ts';
import { defineCommand } from './commands/command.ts';
import { defineHotView } from './hot-views/hot-view.ts';
import type { Module } from './module.ts';
import { createRegistry } from './registry.ts';

const pack = defineCommand({
  type: 'Pack',
  schema: z.object({ thing: z.string() }),
  aggregates: () => [],
  decide: (_, { at }) => ({ kind: 'accepted', timestamp: at, events: new Map() }),
});
const hotCrates = defineHotView({
  name: 'hot-crates',
  aggregate: crateAggregate,
  key: 'crateId',
  version: 1,
  parse: (stored) => z.object({ sequence: z.int(), eventId: z.string() }).parse(stored),
  toItem: (item) => item,
  fold: (held) => held,
});
const packCommand = {
  usage: 'pack <crate>',
  summary: 'Packs.',
  input: z.object({}),
  run: async () => 0,
};

const none: Module = {
  name: 'none',
  aggregates: [],
  commands: [],
  views: [],
  hotViews: [],
  rejections: {},
};
const oracle = { view: 'crates', toRow: () => ({}) };
const crates: Module = {
  ...crateModule,
  commands: [pack],
  hotViews: [hotCrates],
  rejections: { ACCOUNT_CLOSED: 409 },
  oracles: [oracle],
  ops: [packCommand],
};

describe('createRegistry', () => {
  it('puts modules together', () => {
    const modules = [none, crates];
    expect(createRegistry(modules)).toEqual({
      modules,
      aggregates: new Map([['crate', crateAggregate]]),
      commands: new Map([['Pack', pack]]),
      views: [cratesView],
      hotViews: [hotCrates],
      oracles: [oracle],
      conserved: [],
      entities: new Map(),
      ops: [packCommand],
      lists: new Map(),
      rejections: new Map([['ACCOUNT_CLOSED', 409]]),
    });
  });

  it.each<[string, Partial<Module>, string]>([
    ['module', { name: 'crates' }, 'two of the module “crates”'],
    ['aggregate type', { aggregates: [crateAggregate] }, 'two of the aggregate type “crate”'],
    ['command type', { commands: [pack] }, 'two of the command type “Pack”'],
    ['view', { views: [cratesView] }, 'two of the view “crates”'],
    [
      'view of the other database',
      { hotViews: [{ ...hotCrates, name: 'crates' }] },
      'two of the view “crates”',
    ],
    [
      'command of the command line',
      { ops: [{ ...packCommand, usage: 'pack <other> [--fast]' }] },
      'two of the command of the command line “pack”',
    ],
    [
      'rejection code',
      { rejections: { ACCOUNT_CLOSED: 404 } },
      'two of the rejection code “ACCOUNT_CLOSED”',
    ],
  ])('refuses two of one %s', (_, more, sentence) => {
    expect(() => createRegistry([crates, { ...none, ...more }])).toThrow(sentence);
  });

  it.each(['journal', 'event-store', 'hot-views'])('keeps %s for the runtime', (name) => {
    const view = { ...cratesView, name };
    expect(() => createRegistry([crates, { ...none, views: [view] }])).toThrow(
      `two of the view “${name}”`,
    );
  });

  it.each(['', 'Crates', '1-crate', 'crate things', 'crate#'])('refuses the name %j', (name) => {
    const sentence = `“${name}” is no name`;
    const aggregate = { ...crateAggregate, type: name };
    expect(() => createRegistry([{ ...none, name }])).toThrow(sentence);
    expect(() => createRegistry([{ ...none, aggregates: [aggregate] }])).toThrow(sentence);
    expect(() => createRegistry([crates, { ...none, views: [{ ...cratesView, name }] }])).toThrow(
      sentence,
    );
    expect(() => createRegistry([crates, { ...none, hotViews: [{ ...hotCrates, name }] }])).toThrow(
      sentence,
    );
  });

  it('refuses a view of an aggregate that no module registers, or of another of its type', () => {
    const sentence = 'is of “crate”, which no module registers';
    expect(() => createRegistry([{ ...none, views: [cratesView] }])).toThrow(sentence);
    expect(() => createRegistry([{ ...none, hotViews: [hotCrates] }])).toThrow(sentence);
    const view = { ...cratesView, name: 'others', aggregate: { ...crateAggregate } };
    expect(() => createRegistry([crates, { ...none, views: [view] }])).toThrow(sentence);
  });
});
