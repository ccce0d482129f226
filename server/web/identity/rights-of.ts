import { parseAggregateId } from '#lib/aggregate-id.ts';
import { holdsRight, type Right, VIEW_ALL, VIEW_ANY, viewOf } from '#lib/rights.ts';
import type { Module } from '#server/runtime/module.ts';

/** The modules of a registry. */
export type Modules = { readonly modules: readonly Module[] };

/** To see an aggregate: to view its module; of a type that no module has, to view all of them. */
export function viewOfAggregateType({ modules }: Modules, type: string): Right {
  const module = modules.find(({ aggregates }) => aggregates.some((each) => each.type === type));
  return module === undefined ? VIEW_ALL : viewOf(module.name);
}

/** Whether who holds these rights may see an aggregate. */
export function maySee(modules: Modules, rights: readonly string[], aggregateId: string): boolean {
  return holdsRight(rights, viewOfAggregateType(modules, parseAggregateId(aggregateId).type));
}

/** To see a list: to view its module. */
export function viewOfList({ modules }: Modules, name: string): Right {
  const module = modules.find(({ lists = [] }) => lists.some(({ view }) => view.name === name));
  return module === undefined ? VIEW_ANY : viewOf(module.name);
}

/** To send a command: its module's commands, unless it needs more. */
export function rightOfCommand({ modules }: Modules, type: string): Right {
  for (const { name, commands } of modules) {
    const command = commands.find((each) => each.type === type);
    if (command !== undefined) {
      return { module: name, action: command.action ?? 'commands' };
    }
  }
  return { module: 'any', action: 'commands' };
}
