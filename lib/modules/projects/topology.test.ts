import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diffTopologies, toGraph, toTopology } from './topology.ts';

const service = (name: string, configuration = {}) => ({ name, kind: 'service', configuration });
const link = (from: string, to: string) => ({ from, to });

const before = toGraph({
  services: [service('web'), service('api', { PORT: '80' }), service('db')],
  links: [link('web', 'api'), link('api', 'db'), link('db', 'api')],
});
const after = toGraph({
  services: [service('web'), service('api', { PORT: '81' }), service('cache')],
  links: [link('web', 'api'), link('api', 'cache')],
});

const NAMES = ['a', 'b', 'c', 'd'];
const anyTopology = fc
  .tuple(
    fc.subarray(NAMES),
    fc.array(fc.constantFrom({}, { PORT: '80' }, { PORT: '81' }), { minLength: 4, maxLength: 4 }),
    fc.subarray(NAMES.flatMap((from) => NAMES.map((to) => link(from, to)))),
  )
  .map(([names, configurations, links]) =>
    toGraph({
      services: names.map((name, index) => service(name, configurations[index])),
      links: links.filter(({ from, to }) => names.includes(from) && names.includes(to)),
    }),
  );

describe('a project’s topology', () => {
  it('is its services and links, in their order; of a project that is not there it is nothing', () => {
    expect(before.nodes.map(({ name }) => name)).toEqual(['api', 'db', 'web']);
    expect(before.edges).toEqual([
      { source: 'api', target: 'db' },
      { source: 'db', target: 'api' },
      { source: 'web', target: 'api' },
    ]);
    expect(toTopology({ status: 'missing' })).toEqual({ nodes: [], edges: [] });
  });

  it('is compared with another one, part by part', () => {
    const { nodes, edges } = diffTopologies(before, after);
    expect(nodes.map(({ name, mark }) => `${name} ${mark}`)).toEqual([
      'api changed',
      'cache added',
      'db removed',
      'web same',
    ]);
    expect(edges.map(({ source, target, mark }) => `${source} ${target} ${mark}`)).toEqual([
      'api cache added',
      'api db removed',
      'db api removed',
      'web api same',
    ]);
  });

  it('has both topologies in its comparison with another one', () => {
    fc.assert(
      fc.property(anyTopology, anyTopology, (from, to) => {
        const { nodes, edges } = diffTopologies(from, to);
        const without = <T extends { mark: string }>(all: readonly T[], mark: string) =>
          all.filter((each) => each.mark !== mark);
        const name = ({ name }: { name: string }) => name;
        const ends = ({ source, target }: { source: string; target: string }) =>
          `${source} ${target}`;
        expect(without(nodes, 'removed').map(name)).toEqual(to.nodes.map(name));
        expect(without(nodes, 'added').map(name)).toEqual(from.nodes.map(name));
        expect(without(edges, 'removed').map(ends)).toEqual(to.edges.map(ends));
        expect(without(edges, 'added').map(ends)).toEqual(from.edges.map(ends));
        for (const { name, mark } of nodes) {
          const [old, now] = [from, to].map((each) => each.nodes.find((one) => one.name === name));
          expect(mark === 'same').toBe(JSON.stringify(old) === JSON.stringify(now));
        }
      }),
    );
  });

  it('does not differ from itself', () => {
    const { nodes, edges } = diffTopologies(before, before);
    expect([...nodes, ...edges].every(({ mark }) => mark === 'same')).toBe(true);
  });
});
