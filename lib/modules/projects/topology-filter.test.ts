import { describe, expect, it } from 'vitest';
import { diffTopologies, toGraph } from './topology.ts';
import { countKinds, countServices, filterTopology } from './topology-filter.ts';

const topology = toGraph({
  services: [
    { name: 'order-api', kind: 'service', configuration: {} },
    { name: 'order-db', kind: 'postgres', configuration: {} },
    { name: 'web', kind: 'service', configuration: {} },
  ],
  links: [
    { from: 'web', to: 'order-api' },
    { from: 'order-api', to: 'order-db' },
  ],
});
const marked = diffTopologies(topology, topology);
const shown = (q: string, kinds: string[] = []) => {
  const { nodes, edges } = filterTopology(marked, { q, kinds });
  return [
    nodes.map(({ name }) => name),
    edges.map(({ source, target }) => `${source} ${target}`),
  ] as const;
};

describe('the filter of a topology', () => {
  it('lets everything pass while nothing is asked for', () => {
    expect(filterTopology(marked, { q: ' ', kinds: [] })).toEqual(marked);
  });

  it('finds services by the words of their names, and the links between them', () => {
    expect(shown('ORDER')).toEqual([['order-api', 'order-db'], ['order-api order-db']]);
    expect(shown('api order')).toEqual([['order-api'], []]);
  });

  it('finds services by kind', () => {
    expect(shown('', ['service'])).toEqual([['order-api', 'web'], ['web order-api']]);
    expect(shown('order', ['service', 'redis'])).toEqual([['order-api'], []]);
  });

  it('counts the kinds of what the words find', () => {
    expect(countKinds(marked, '')).toEqual([
      { value: 'service', count: 2 },
      { value: 'postgres', count: 1 },
    ]);
    expect(countKinds(marked, 'db')).toEqual([{ value: 'postgres', count: 1 }]);
  });

  it('counts the services that are there, and not the one that the step removed', () => {
    const left = { nodes: topology.nodes.filter(({ name }) => name !== 'web'), edges: [] };
    const step = diffTopologies(topology, left);
    expect(step.nodes).toHaveLength(3);
    expect(countServices(step)).toBe(2);
  });
});
