import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Topology, TopologyEdge } from './topology.ts';
import { findCycles } from './topology-cycles.ts';

const NAMES = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];

const topology = (names: readonly string[], links: readonly string[]): Topology => ({
  nodes: names.map((name) => ({ name, kind: 'service', configuration: {} })),
  edges: links.map((link) => ({ source: link.charAt(0), target: link.charAt(1) })),
});

/** Topologies as the domain lets them become: each link once, none of a service with itself. */
const anyTopology = fc
  .subarray(NAMES.flatMap((from) => NAMES.map((to) => `${from}${to}`)).filter(([a, b]) => a !== b))
  .chain((links) => fc.shuffledSubarray(NAMES, { minLength: 7 }).map((n) => topology(n, links)));

/** The slow way: everything that is reached from a service by one link or more. */
function reach({ edges }: Topology, from: string): Set<string> {
  const reached = new Set<string>();
  const next = [from];
  for (let name = next.pop(); name !== undefined; name = next.pop()) {
    for (const { source, target } of edges) {
      if (source === name && !reached.has(target)) {
        reached.add(target);
        next.push(target);
      }
    }
  }
  return reached;
}

describe('the cycles of a topology', () => {
  it('are the services that use each other, directly or through others', () => {
    const graph = topology(NAMES, ['ab', 'bc', 'ca', 'cd', 'de', 'ed', 'ef']);
    const { groups, has } = findCycles(graph);
    expect(groups).toEqual([
      ['a', 'b', 'c'],
      ['d', 'e'],
    ]);
    expect(graph.edges.filter(has).map(({ source, target }) => source + target)).toEqual([
      'ab',
      'bc',
      'ca',
      'de',
      'ed',
    ]);
  });

  it('are none where services only meet again', () => {
    expect(findCycles(topology(NAMES, ['ab', 'ac', 'bd', 'cd'])).groups).toEqual([]);
    expect(findCycles(topology([], [])).groups).toEqual([]);
  });

  it('do not go through a service that is not there', () => {
    expect(findCycles(topology(['a'], ['ab', 'ba'])).groups).toEqual([]);
  });

  it('have exactly the links whose target reaches their source', () => {
    fc.assert(
      fc.property(anyTopology, (graph) => {
        const { has } = findCycles(graph);
        const isInCycle = ({ source, target }: TopologyEdge) => reach(graph, target).has(source);
        expect(graph.edges.filter(has)).toEqual(graph.edges.filter(isInCycle));
      }),
    );
  });

  it('have exactly the services that reach themselves, each in one group', () => {
    fc.assert(
      fc.property(anyTopology, (graph) => {
        const members = findCycles(graph).groups.flat();
        expect(members.toSorted()).toEqual(NAMES.filter((name) => reach(graph, name).has(name)));
      }),
    );
  });
});
