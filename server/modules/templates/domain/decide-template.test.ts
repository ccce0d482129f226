import { describe, it } from 'vitest';
import { uploadTemplateSchema } from '#lib/modules/templates/commands.ts';
import { toTemplateAggregateId } from '#lib/modules/templates/template-state.ts';
import { expectDecision } from '#server/testing/expect-decision.ts';
import {
  deprecated,
  TEMPLATE_PARAMETERS,
  TEMPLATE_TEXT,
  templateAfter,
  uploaded,
  validated,
} from '#server/testing/templates.ts';
import { decideTemplate } from './decide-template.ts';
import type { TemplateCommand, UploadTemplate } from './template-commands.ts';
import type { TemplateEvent } from './template-events.ts';

const at = '2026-06-01T00:00:00.000Z';
const shop = { templateId: 'shop', at };

const given = (...events: readonly TemplateEvent[]) => ({
  when: (command: TemplateCommand) =>
    expectDecision(
      decideTemplate(command, templateAfter(...events)),
      toTemplateAggregateId('shop'),
      at,
    ),
});

const upload = (changes: Partial<UploadTemplate> = {}): TemplateCommand => ({
  commandType: 'UploadTemplate',
  ...shop,
  ...uploadTemplateSchema.parse({
    templateId: 'shop',
    name: 'Shop',
    description: 'A shop and its database',
    tags: ['web', 'demo', 'web'],
    text: TEMPLATE_TEXT,
    parameters: TEMPLATE_PARAMETERS,
  }),
  ...changes,
});
const validate: TemplateCommand = { commandType: 'ValidateTemplate', ...shop };
const deprecate: TemplateCommand = { commandType: 'DeprecateTemplate', ...shop, reason: 'Old' };
const change = (parameters = TEMPLATE_PARAMETERS): TemplateCommand => ({
  commandType: 'ChangeTemplateParameters',
  ...shop,
  parameters,
});

describe('an upload', () => {
  it('is a template’s first version, or the next one', () => {
    given().when(upload()).brings(uploaded());
    given(uploaded(), validated())
      .when(upload({ text: 'services: []' }))
      .brings(uploaded({ text: 'services: []', version: 2 }));
  });

  it('changes nothing when it is what is there', () => {
    given(uploaded(), validated()).when(upload()).brings();
  });

  it('takes a text that is no template: its validation says so', () => {
    given()
      .when(upload({ text: '{' }))
      .brings(uploaded({ text: '{' }));
  });

  it('is refused when it is too large for an item', () => {
    const text = `# ${'é'.repeat(131_072)}`;
    given()
      .when(upload({ text }))
      .isRejected('TEMPLATE_TOO_LARGE', /262146 bytes/, 'text');
    const parameters = Array.from({ length: 50 }, (_, index) => ({
      name: `p${index}`,
      type: 'text' as const,
      allowed: ['x'.repeat(1_000), 'y'.repeat(1_000)],
      secret: false,
    }));
    given().when(upload({ parameters })).isRejected('TEMPLATE_TOO_LARGE', /bytes/, 'parameters');
    given()
      .when(upload({ description: 'x'.repeat(2_001) }))
      .isRejected('TEXT_TOO_LONG', /2001/, 'description');
  });

  it('is refused once the template is deprecated', () => {
    given(uploaded(), deprecated())
      .when(upload())
      .isRejected('TEMPLATE_DEPRECATED', /2026-01-30/);
  });
});

describe('a validation', () => {
  it('finds a template valid', () => {
    given(uploaded()).when(validate).brings(validated());
  });

  it('finds problems with their places', () => {
    given(uploaded({ text: 'services: []\nservers: 1' }))
      .when(validate)
      .brings({
        eventType: 'TemplateValidated',
        eventData: {
          version: 1,
          valid: false,
          problems: [{ message: '“servers” is not known here.', line: 2, column: 1 }],
        },
      });
  });

  it('changes nothing when its result is known', () => {
    given(uploaded(), validated()).when(validate).brings();
  });

  it('is made again after an upload and a change of parameters', () => {
    given(uploaded(), validated(), uploaded({ version: 2 }))
      .when(validate)
      .brings(validated(2));
    given(uploaded(), validated(), {
      eventType: 'TemplateParametersChanged',
      eventData: { version: 1, parameters: TEMPLATE_PARAMETERS },
    })
      .when(validate)
      .brings(validated());
  });
});

describe('a change of parameters', () => {
  it('sets all of them', () => {
    const parameters = TEMPLATE_PARAMETERS.slice(1);
    given(uploaded(), validated())
      .when(change(parameters))
      .brings({ eventType: 'TemplateParametersChanged', eventData: { version: 1, parameters } });
  });

  it('changes nothing when they are the same', () => {
    given(uploaded()).when(change()).brings();
  });
});

describe('a deprecation', () => {
  it('ends a template', () => {
    given(uploaded()).when(deprecate).brings(deprecated('Old'));
  });

  it('needs a short reason', () => {
    given(uploaded())
      .when({ commandType: 'DeprecateTemplate', ...shop, reason: 'x'.repeat(201) })
      .isRejected('TEXT_TOO_LONG', /201/, 'reason');
  });
});

describe('a template that is not there, or no more', () => {
  it.each([validate, change(), deprecate])('takes no $commandType', (command) => {
    given()
      .when(command)
      .isRejected('TEMPLATE_NOT_FOUND', /no template shop/, 'templateId');
    given(uploaded(), deprecated())
      .when(command)
      .isRejected('TEMPLATE_DEPRECATED', /deprecated/);
  });
});
