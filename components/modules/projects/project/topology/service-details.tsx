import { CloseButton, Table } from '@mantine/core';
import {
  diffFields,
  type FieldChange,
} from '#components/console/aggregate/time-machine/diff-fields.ts';
import { StatusBadge } from '#components/ui/status-badge.tsx';
import type { MarkedTopology, Topology } from '#lib/modules/projects/topology.ts';
import type { TopologyCycles } from '#lib/modules/projects/topology-cycles.ts';
import { MARKS, toLinkWords } from './marks.ts';
import classes from './service-details.module.css';

export type ServiceDetailsProps = {
  /** The chosen service; null while none is. */
  name: string | null;
  topology: MarkedTopology;
  /** The topology before the event. */
  before: Topology;
  cycles: TopologyCycles;
  onClose: () => void;
};

/** One service at a step: its kind, its configuration with what changed of it, and its links. */
export function ServiceDetails({ name, topology, before, cycles, onClose }: ServiceDetailsProps) {
  if (name === null) {
    return <p className={classes.hint}>Choose a service to see its configuration and links.</p>;
  }
  const service = topology.nodes.find((node) => node.name === name);
  const old = before.nodes.find((node) => node.name === name);
  const words = (edge: MarkedTopology['edges'][number]) =>
    toLinkWords(edge.mark, edge.mark !== 'removed' && cycles.has(edge));
  return (
    <section className={classes.details} aria-label={`Service ${name}`}>
      <div className={classes.head}>
        <h3 className={classes.title}>{name}</h3>
        <CloseButton size="sm" aria-label="Close the service" onClick={onClose} />
      </div>
      {service === undefined ? (
        <p className={classes.none}>There is no service of this name at this event.</p>
      ) : (
        <>
          <p className={classes.kind}>
            {service.kind}{' '}
            <StatusBadge tone={MARKS[service.mark].tone}>{MARKS[service.mark].text}</StatusBadge>
          </p>
          <Links
            title="Uses"
            links={topology.edges
              .filter(({ source }) => source === name)
              .map((edge) => ({ name: edge.target, words: words(edge) }))}
          />
          <Links
            title="Used by"
            links={topology.edges
              .filter(({ target }) => target === name)
              .map((edge) => ({ name: edge.source, words: words(edge) }))}
          />
          <h4 className={classes.part}>Configuration</h4>
          <Configuration
            entries={diffFields(
              service.mark === 'changed' ? old?.configuration : undefined,
              service.configuration,
            )}
          />
        </>
      )}
    </section>
  );
}

type LinksProps = {
  title: string;
  links: readonly { readonly name: string; readonly words: readonly string[] }[];
};

function Links({ title, links }: LinksProps) {
  return (
    <>
      <h4 className={classes.part}>{title}</h4>
      {links.length === 0 ? (
        <p className={classes.none}>No service.</p>
      ) : (
        <ul className={classes.links}>
          {links.map(({ name, words }) => (
            <li key={name}>{words.length === 0 ? name : `${name} (${words.join(', ')})`}</li>
          ))}
        </ul>
      )}
    </>
  );
}

function Configuration({ entries }: { entries: readonly FieldChange[] }) {
  if (entries.length === 0) {
    return <p className={classes.none}>No entry.</p>;
  }
  return (
    <Table fz="sm" aria-label="Configuration" className={classes.entries}>
      <Table.Tbody>
        {entries.map(({ field, before, after, changed }) => (
          <Table.Tr key={field}>
            <Table.Th scope="row">{field}</Table.Th>
            <Table.Td>
              {after}
              {changed ? <span className={classes.change}>{toChange(before, after)}</span> : null}
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

function toChange(before: string | undefined, after: string | undefined): string {
  if (before === undefined) {
    return 'added';
  }
  return after === undefined ? `removed, was ${before}` : `was ${before}`;
}
