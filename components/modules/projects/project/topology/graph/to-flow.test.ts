import { describe, expect, it } from 'vitest';
import { diffTopologies, toGraph } from '#lib/modules/projects/topology.ts';
import { findCycles } from '#lib/modules/projects/topology-cycles.ts';
import { mergeOutlines, toOutline } from '#lib/modules/projects/topology-outline.ts';
import { layoutTopology } from './layout-topology.ts';
import { toFlow } from './to-flow.ts';

const service = (name: string) => ({ name, kind: 'service', configuration: {} });
const link = (from: string, to: string) => ({ from, to });
const before = toGraph({
  services: [service('api'), service('db'), service('old')],
  links: [link('api', 'db'), link('api', 'old'), link('old', 'api')],
});
const after = toGraph({
  services: [service('api'), service('db')],
  links: [link('api', 'db'), link('db', 'api')],
});
const layout = layoutTopology(mergeOutlines([toOutline(before), toOutline(after)]), 'LR');
const flowOf = (from: typeof before, to: typeof before, chosen: string | null = null) =>
  toFlow(diffTopologies(from, to), layout, findCycles(to), chosen);

describe('a topology as it is drawn', () => {
  it('has a name for each service and link, with what became of it', () => {
    const { nodes, edges } = flowOf(before, after);
    expect(nodes.map(({ ariaLabel }) => ariaLabel)).toEqual([
      'api, service',
      'db, service',
      'old, service, removed',
    ]);
    // What was removed is in no cycle any more.
    expect(edges.map(({ ariaLabel }) => ariaLabel)).toEqual([
      'api uses db, part of a cycle',
      'api uses old, removed',
      'db uses api, added, part of a cycle',
      'old uses api, removed',
    ]);
  });

  it('keeps every service in its place from step to step', () => {
    const places = (flow: ReturnType<typeof flowOf>) =>
      new Map(flow.nodes.map(({ id, position }) => [id, position]));
    const [first, second] = [places(flowOf(before, before)), places(flowOf(after, after))];
    expect(second.get('api')).toEqual(first.get('api'));
    expect(second.get('db')).toEqual(first.get('db'));
  });

  it('marks the service that is chosen', () => {
    const { nodes } = flowOf(before, after, 'db');
    expect(nodes.filter(({ selected }) => selected).map(({ id }) => id)).toEqual(['db']);
  });
});
