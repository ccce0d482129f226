import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ProjectState } from '#lib/modules/projects/project-state.ts';
import { toTopology } from '#lib/modules/projects/topology.ts';
import { foldView } from '#server/testing/fold-view.ts';
import {
  added,
  anyProjectHistory,
  archived,
  connected,
  created,
  toProjectHistory,
} from '#server/testing/projects.ts';
import { anyRedeliveryOf } from '#server/testing/redeliveries.ts';
import { evolveProject, initialState } from '../domain/evolve-project.ts';
import { parseConfigurationText, toConfigurationText } from './configuration-text.ts';
import { projectSummariesView } from './project-summaries/project-summaries-view.ts';
import { projectsView } from './projects/projects-view.ts';
import { serviceTopologyView } from './service-topology/service-topology-view.ts';
import { templateUsageView } from './template-usage/template-usage-view.ts';

const anyDelivery = anyProjectHistory.chain((events) =>
  fc.tuple(fc.constant(events), anyRedeliveryOf(events)),
);

describe('the views of projects', () => {
  it('come to the same rows by any batches and redeliveries', () => {
    fc.assert(
      fc.property(anyDelivery, ([events, batches]) => {
        expect(foldView(projectsView, batches, 'p1')).toEqual(
          foldView(projectsView, [events], 'p1'),
        );
        expect(foldView(serviceTopologyView, batches, 'p1')).toEqual(
          foldView(serviceTopologyView, [events], 'p1'),
        );
        expect(foldView(templateUsageView, batches, 'p1')).toEqual(
          foldView(templateUsageView, [events], 'p1'),
        );
        expect(
          batches.reduce(
            (item: ReturnType<typeof projectSummariesView.fold>, batch) =>
              projectSummariesView.fold(item, batch),
            undefined,
          ),
        ).toEqual(projectSummariesView.fold(undefined, events));
      }),
    );
  });

  it('say the same as the domain’s own fold', () => {
    fc.assert(
      fc.property(anyProjectHistory, (events) => {
        const state = events.reduce<ProjectState>(evolveProject, initialState);
        if (state.status === 'missing') {
          throw new Error('A project that has events exists.');
        }
        const summary = projectSummariesView.fold(undefined, events);
        const row = projectsView.fold(projectsView.initial, events, 'p1').held.row;
        const counts = { services: state.services.length, links: state.links.length };
        expect(row).toMatchObject({ status: state.status, ...counts });
        expect(summary).toMatchObject({ status: state.status, ...counts });
        expect(parseConfigurationText(row?.configuration ?? '')).toEqual(state.configuration);
        const [, nodes, edges] = foldView(serviceTopologyView, [events], 'p1');
        const topology = toTopology(state);
        expect(nodes).toEqual(
          topology.nodes.map(({ configuration, ...node }) => ({
            projectId: 'p1',
            ...node,
            configuration: toConfigurationText(configuration),
          })),
        );
        expect(edges).toEqual(topology.edges.map((edge) => ({ projectId: 'p1', ...edge })));
      }),
    );
  });

  it('throw at a gap, and at a history that does not begin with the creation', () => {
    const [first = [], , third = []] = toProjectHistory([created(), added('a'), added('b')]).map(
      (event) => [event],
    );
    const late = toProjectHistory([added('a')]);
    expect(() => foldView(projectsView, [first, third], 'p1')).toThrow(/up to 1 only/);
    expect(() => foldView(serviceTopologyView, [first, third], 'p1')).toThrow(/up to 1 only/);
    expect(() => foldView(templateUsageView, [first, third], 'p1')).toThrow(/up to 1 only/);
    expect(() => projectSummariesView.fold(undefined, third)).toThrow(/up to 0 only/);
    expect(() => foldView(projectsView, [late], 'p1')).toThrow('is the first event');
    expect(() => foldView(templateUsageView, [late], 'p1')).toThrow('is the first event');
    expect(() => projectSummariesView.fold(undefined, late)).toThrow('does not begin');
  });

  it('know the template of a project, and when it ended', () => {
    const template = { templateId: 'shop', version: 3, values: { port: '80' } };
    const events = toProjectHistory([created({ template }), archived('Done')]);
    expect(foldView(templateUsageView, [events], 'p1')).toEqual([
      [
        {
          projectId: 'p1',
          projectName: 'Project one',
          templateId: 'shop',
          templateVersion: 3,
          createdAt: new Date('2026-01-30T20:00:00.000Z'),
          archivedAt: new Date('2026-01-30T21:00:00.000Z'),
          version: 2,
        },
      ],
    ]);
    expect(foldView(projectsView, [events], 'p1')[0]).toMatchObject([
      { archiveReason: 'Done', createdBy: 'tester', templateValues: '{"port":"80"}' },
    ]);
  });

  it('know a project that has lost its last service', () => {
    const events = toProjectHistory([
      created(),
      added('a'),
      added('b'),
      connected('a', 'b'),
      { eventType: 'ServiceRemoved', eventData: { name: 'a', links: [{ from: 'a', to: 'b' }] } },
      { eventType: 'ServiceRemoved', eventData: { name: 'b', links: [] } },
    ]);
    expect(foldView(serviceTopologyView, [events], 'p1')).toEqual([
      [{ projectId: 'p1', archived: false, version: 6 }],
      [],
      [],
    ]);
  });
});
