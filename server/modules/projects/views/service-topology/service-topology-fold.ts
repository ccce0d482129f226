import { type Topology, toGraph } from '#lib/modules/projects/topology.ts';
import type { Blueprint } from '#lib/modules/templates/blueprint.ts';
import { type FollowingEvent, isNext } from '#server/runtime/views/is-next.ts';
import { evolveBlueprint } from '../../domain/evolve-blueprint.ts';
import type { ProjectEvent } from '../../domain/project-events.ts';
import { toConfigurationText } from '../configuration-text.ts';

/** What is held of a project: its services and links, in the order of their names. */
export type HeldTopology = {
  readonly version: number;
  readonly archived: boolean;
  readonly blueprint: Blueprint;
};

export const EMPTY_TOPOLOGY: HeldTopology = {
  version: 0,
  archived: false,
  blueprint: { configuration: {}, services: [], links: [] },
};

/**
 * A project's services and links after more of its events, in their order. Events that are held already
 * change nothing. Throws SEQUENCE_GAP at a gap. Pure.
 */
export function foldTopology(
  held: HeldTopology,
  events: readonly FollowingEvent<ProjectEvent>[],
): HeldTopology {
  return events.reduce(
    (before, event) =>
      isNext(before.version, event)
        ? {
            version: event.eventSequence,
            archived: before.archived || event.eventType === 'ProjectArchived',
            blueprint: evolveBlueprint(before.blueprint, event),
          }
        : before,
    held,
  );
}

/** The rows of a project: of how far it has come, and of all its nodes and edges. */
export function toTopologyRows(projectId: string, { version, archived, blueprint }: HeldTopology) {
  const { nodes, edges }: Topology = toGraph(blueprint);
  return {
    topologies: version === 0 ? [] : [{ projectId, archived, version }],
    nodes: nodes.map(({ name, kind, configuration }) => ({
      projectId,
      name,
      kind,
      configuration: toConfigurationText(configuration),
    })),
    edges: edges.map(({ source, target }) => ({ projectId, source, target })),
  };
}
