import type { Module } from './module.ts';
import type { OpsCommand } from './ops/ops-command.ts';
import type { List } from './queries/list.ts';
import type { Registered } from './registered.ts';

/** What all modules of a process have registered. Made once, and passed to whoever needs it. */
export type Registry = Omit<Registered, 'modules'> & {
  readonly modules: readonly Module[];
  readonly ops: readonly OpsCommand[];
  /** By the names of their views. */
  readonly lists: ReadonlyMap<string, List>;
  /** The HTTP statuses of all modules' rejections, by code. */
  readonly rejections: ReadonlyMap<string, number>;
};

const NAME = /^[a-z][a-z0-9-]*$/;

/**
 * Puts modules together. Throws where two have something of one name, where a name has no proper form,
 * and where a view is of no registered kind of aggregate: a program of such modules must not start.
 */
export function createRegistry(modules: readonly Module[]): Registry {
  requireUnique('module', modules, ({ name }) => name);
  const aggregates = modules.flatMap((module) => module.aggregates);
  const commands = modules.flatMap((module) => module.commands);
  const views = modules.flatMap((module) => module.views);
  const hotViews = modules.flatMap((module) => module.hotViews);
  const lists = modules.flatMap((module) => module.lists ?? []);
  const ops = modules.flatMap((module) => module.ops ?? []);
  const entities = modules.flatMap((module) => module.entities ?? []);
  const conserved = modules.flatMap((module) => module.conserved ?? []);
  const rejections = modules.flatMap((module) => Object.entries(module.rejections));
  const types = new Map(aggregates.map((aggregate) => [aggregate.type, aggregate]));
  requireUnique('aggregate type', aggregates, ({ type }) => type);
  requireUnique(
    'event type',
    aggregates.flatMap(({ events }) => Object.keys(events)),
    (type) => type,
  );
  requireUnique('command type', commands, ({ type }) => type);
  requireUnique(
    'route',
    [
      ...modules.flatMap(({ resources = [] }) =>
        resources.map(({ path }) => ({ method: 'GET', path })),
      ),
      ...commands.flatMap(({ route }) => route ?? []),
    ],
    ({ method, path }) => `${method} ${path.replaceAll(/\{\w+\}/g, '{}')}`,
  );
  requireUnique('view', [...views, ...hotViews, ...RESERVED], ({ name }) => name);
  requireUnique('list of the view', lists, ({ view }) => view.name);
  requireUnique('conserved quantity', conserved, ({ name }) => name);
  requireUnique('command of the command line', ops, ({ usage }) => usage.split(' ', 1)[0] ?? '');
  requireUnique('entity of', entities, ({ aggregate }) => aggregate.type);
  requireUnique('rejection code', rejections, ([code]) => code);
  for (const name of [...modules, ...views, ...hotViews].map((each) => each.name)) {
    requireForm(name);
  }
  for (const { type } of aggregates) {
    requireForm(type);
  }
  for (const { name, aggregate } of [...views, ...hotViews]) {
    if (types.get(aggregate.type) !== aggregate) {
      throw new Error(`The view “${name}” is of “${aggregate.type}”, which no module registers.`);
    }
  }
  return {
    modules,
    aggregates: types,
    commands: new Map(commands.map((command) => [command.type, command])),
    views,
    hotViews,
    oracles: modules.flatMap((module) => module.oracles ?? []),
    conserved,
    entities: new Map(entities.map((entity) => [entity.aggregate.type, entity])),
    ops,
    lists: new Map(lists.map((list) => [list.view.name, list])),
    rejections: new Map(rejections),
  };
}

/** The runtime's own names among those of views. */
const RESERVED = ['journal', 'event-store', 'hot-views'].map((name) => ({ name }));

function requireUnique<Item>(
  what: string,
  items: readonly Item[],
  nameOf: (item: Item) => string,
): void {
  const seen = new Set<string>();
  for (const name of items.map(nameOf)) {
    if (seen.has(name)) {
      throw new Error(`There are two of the ${what} “${name}”.`);
    }
    seen.add(name);
  }
}

function requireForm(name: string): void {
  if (!NAME.test(name)) {
    throw new Error(
      `“${name}” is no name: lower-case letters, digits and hyphens, a letter first.`,
    );
  }
}
