import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type TemplateState, templateKind } from '#lib/modules/templates/template-state.ts';
import { foldView } from '#server/testing/fold-view.ts';
import { anyRedeliveryOf } from '#server/testing/redeliveries.ts';
import {
  anyTemplateHistory,
  deprecated,
  TEMPLATE_TEXT,
  toTemplateHistory,
  uploaded,
  validated,
} from '#server/testing/templates.ts';
import { evolveTemplate } from '../domain/evolve-template.ts';
import { foldCatalogEntry } from './template-catalog/template-catalog-fold.ts';
import { templateCatalogView } from './template-catalog/template-catalog-view.ts';
import { foldTemplate, NO_TEMPLATE } from './template-details/template-details-fold.ts';
import { templateDetailsView } from './template-details/template-details-view.ts';

const anyDelivery = anyTemplateHistory.chain((events) =>
  fc.tuple(fc.constant(events), anyRedeliveryOf(events)),
);

describe('the views of templates', () => {
  it('come to the same rows by any batches and redeliveries', () => {
    fc.assert(
      fc.property(anyDelivery, ([events, batches]) => {
        expect(foldView(templateCatalogView, batches, 'shop')).toEqual(
          foldView(templateCatalogView, [events], 'shop'),
        );
        expect(foldView(templateDetailsView, batches, 'shop')).toEqual(
          foldView(templateDetailsView, [events], 'shop'),
        );
      }),
    );
  });

  it('say the same as the domain’s own fold', () => {
    fc.assert(
      fc.property(anyTemplateHistory, (events) => {
        const state = events.reduce<TemplateState>(evolveTemplate, templateKind.initialState);
        if (state.status === 'missing') {
          throw new Error('A template that has events exists.');
        }
        const { newest, details } = foldTemplate(NO_TEMPLATE, events).held;
        expect(newest).toMatchObject({
          number: state.version,
          text: state.text,
          validity: state.validity,
          problems: JSON.stringify(state.problems),
        });
        expect(details?.deprecationReason ?? undefined).toBe(state.deprecationReason);
        expect(foldCatalogEntry(undefined, events)).toMatchObject({
          newestVersion: state.version,
          tags: state.tags.join(' '),
          problems: state.problems.length,
          state:
            state.status === 'deprecated'
              ? 'deprecated'
              : { unknown: 'unvalidated', valid: 'valid', invalid: 'invalid' }[state.validity],
        });
      }),
    );
  });

  it('keep the text of every version, and the tags of the newest', () => {
    const events = toTemplateHistory([
      uploaded(),
      validated(),
      uploaded({ version: 2, text: 'a: 1', tags: ['new'] }),
      validated(2, 'Wrong.'),
      deprecated('Old'),
    ]);
    const [details, versions] = foldView(templateDetailsView, [events], 'shop');
    expect(details).toMatchObject([{ newestVersion: 2, deprecationReason: 'Old', version: 5 }]);
    expect(versions).toMatchObject([
      { number: 1, text: TEMPLATE_TEXT, validity: 'valid', problems: '[]', uploadedBy: 'tester' },
      {
        number: 2,
        text: 'a: 1',
        validity: 'invalid',
        problems: '[{"message":"Wrong.","line":1,"column":1}]',
      },
    ]);
    expect(foldView(templateCatalogView, [events], 'shop')[1]).toEqual([
      { templateId: 'shop', tag: 'new' },
    ]);
  });

  it('throw at a gap', () => {
    const [first = [], , third = []] = toTemplateHistory([
      uploaded(),
      validated(),
      deprecated(),
    ]).map((event) => [event]);
    expect(() => foldView(templateCatalogView, [first, third], 'shop')).toThrow(/up to 1 only/);
    expect(() => foldView(templateDetailsView, [first, third], 'shop')).toThrow(/up to 1 only/);
  });
});
