import type { Edge, Node } from '@xyflow/react';
import type { Mark, MarkedTopology } from '#lib/modules/projects/topology.ts';
import type { TopologyCycles } from '#lib/modules/projects/topology-cycles.ts';
import { toLinkWords } from '../marks.ts';
import { SERVICE_SIZE, type TopologyLayout, toLinkId, type Way } from './layout-topology.ts';

export type ServiceNode = Node<{ readonly kind: string; readonly mark: Mark }, 'service'>;
export type LinkEdge = Edge<
  { readonly mark: Mark; readonly isInCycle: boolean; readonly way: Way },
  'link'
>;

/** A topology as React Flow draws it: everything in its place, and named for those who hear it. Pure. */
export function toFlow(
  { nodes, edges }: MarkedTopology,
  { places, ways }: TopologyLayout,
  cycles: TopologyCycles,
  chosen: string | null,
): { readonly nodes: ServiceNode[]; readonly edges: LinkEdge[] } {
  return {
    nodes: nodes.flatMap(({ name, kind, mark }) => {
      const position = places.get(name);
      return position === undefined
        ? []
        : [
            {
              id: name,
              type: 'service' as const,
              position,
              ...SERVICE_SIZE,
              // Without it the library would forget where links begin with each step.
              measured: SERVICE_SIZE,
              data: { kind, mark },
              selected: name === chosen,
              ariaRole: 'button' as const,
              ariaLabel: [name, kind, ...toLinkWords(mark, false)].join(', '),
              domAttributes: {
                'aria-pressed': name === chosen,
                'aria-roledescription': undefined,
                'aria-describedby': undefined,
              },
            },
          ];
    }),
    edges: edges.flatMap((edge) => {
      const way = ways.get(toLinkId(edge));
      const { source, target, mark } = edge;
      const isInCycle = mark !== 'removed' && cycles.has(edge);
      return way === undefined
        ? []
        : [
            {
              id: toLinkId(edge),
              type: 'link' as const,
              source,
              target,
              data: { mark, isInCycle, way },
              ariaLabel: [`${source} uses ${target}`, ...toLinkWords(mark, isInCycle)].join(', '),
            },
          ];
    }),
  };
}
