import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { ProjectState } from '#lib/modules/projects/project-state.ts';
import { anyProjectHistory } from '#server/testing/projects.ts';
import { evolveProject, initialState } from './evolve-project.ts';
import { projectAggregate } from './project-aggregate.ts';

describe('after any accepted commands', () => {
  it('no two services have one name, and no link is dangling, double or to itself', () => {
    fc.assert(
      fc.property(anyProjectHistory, (history) => {
        let state: ProjectState = initialState;
        for (const event of history) {
          state = evolveProject(state, event);
          if (state.status === 'missing') {
            throw new Error('A project that has events exists.');
          }
          const names = state.services.map(({ name }) => name);
          expect(new Set(names).size).toBe(names.length);
          for (const { from, to } of state.links) {
            expect(names).toContain(from);
            expect(names).toContain(to);
            expect(from).not.toBe(to);
          }
          const links = state.links.map(({ from, to }) => `${from} ${to}`);
          expect(new Set(links).size).toBe(links.length);
        }
      }),
    );
  });

  it('events and states come back from the store as they were', () => {
    const { events, snapshot } = projectAggregate;
    fc.assert(
      fc.property(anyProjectHistory, (history) => {
        for (const event of history) {
          const { codec } = events[event.eventType];
          expect(z.decode(codec, z.encode(codec, event.eventData))).toEqual(event.eventData);
        }
        const state = history.reduce<ProjectState>(evolveProject, initialState);
        expect(z.decode(snapshot.codec, z.encode(snapshot.codec, state))).toEqual(state);
      }),
    );
  });
});
