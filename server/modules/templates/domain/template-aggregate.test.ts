import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type TemplateState, templateKind } from '#lib/modules/templates/template-state.ts';
import { anyTemplateHistory, uploaded } from '#server/testing/templates.ts';
import { evolveTemplate } from './evolve-template.ts';
import { templateAggregate } from './template-aggregate.ts';

const { events, snapshot } = templateAggregate;

describe('what is stored of a template', () => {
  it('comes back as it was: its events, and its state', () => {
    fc.assert(
      fc.property(anyTemplateHistory, (history) => {
        for (const event of history) {
          const { codec } = events[event.eventType];
          expect(z.decode(codec, z.encode(codec, event.eventData))).toEqual(event.eventData);
        }
        const state = history.reduce<TemplateState>(evolveTemplate, templateKind.initialState);
        expect(z.decode(snapshot.codec, z.encode(snapshot.codec, state))).toEqual(state);
      }),
    );
  });

  it('fits into an item of DynamoDB’s at its largest', () => {
    const state = evolveTemplate(templateKind.initialState, {
      ...uploaded({ text: 'x'.repeat(262_144) }),
      timestamp: '2026-01-01T00:00:00.000Z',
    });
    const bytes = JSON.stringify(state).length + 64 * 1024 + 50 * 1_000;
    expect(bytes).toBeLessThan(400 * 1024);
  });
});
