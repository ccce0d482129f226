import type { Topology } from '#lib/modules/projects/topology.ts';
import type { TopologyOutline } from '#lib/modules/projects/topology-outline.ts';

type Fields = Readonly<Record<string, string>>;

/** The topology in a state as it travels: `services.0.name`, `links.0.from`. */
export function readTopology(state: Fields): Topology {
  const { names, edges } = readOutline(state);
  return {
    nodes: names.map((name, at) => ({
      name,
      kind: state[`services.${at}.kind`] ?? '',
      configuration: readConfiguration(state, `services.${at}.configuration.`),
    })),
    edges,
  };
}

function readOutline(state: Fields): TopologyOutline {
  const names: string[] = [];
  for (let name = state['services.0.name']; name !== undefined; ) {
    names.push(name);
    name = state[`services.${names.length}.name`];
  }
  const edges: TopologyOutline['edges'][number][] = [];
  for (let source = state['links.0.from']; source !== undefined; ) {
    edges.push({ source, target: state[`links.${edges.length}.to`] ?? '' });
    source = state[`links.${edges.length}.from`];
  }
  return { names, edges };
}

function readConfiguration(state: Fields, prefix: string): Record<string, string> {
  return Object.fromEntries(
    Object.entries(state).flatMap(([field, value]) =>
      field.startsWith(prefix) ? [[field.slice(prefix.length), value]] : [],
    ),
  );
}
