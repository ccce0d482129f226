import { describe, it } from 'vitest';
import type { Service } from '#lib/modules/templates/blueprint.ts';
import type { TemplateState } from '#lib/modules/templates/template-state.ts';
import { expectDecision } from '#server/testing/expect-decision.ts';
import { archived, created, projectAfter } from '#server/testing/projects.ts';
import { deprecated, templateAfter, uploaded, validated } from '#server/testing/templates.ts';
import { decideCreate } from './decide-create.ts';
import { toProjectAggregateId } from './project-aggregate-id.ts';
import type { CreateProject } from './project-commands.ts';

const at = '2026-06-01T00:00:00.000Z';
const plain: CreateProject = { projectId: 'p1', at, name: 'Project one', parameters: {} };
const ofShop: CreateProject = { ...plain, templateId: 'shop' };
const valid = templateAfter(uploaded(), validated());

const when = (command: CreateProject, template?: TemplateState, state = projectAfter()) =>
  expectDecision(decideCreate(command, state, template), toProjectAggregateId('p1'), at);

describe('a project', () => {
  it('begins empty without a template', () => {
    when(plain).brings(created());
    when({ ...plain, description: 'x'.repeat(2_001) }).isRejected('TEXT_TOO_LONG', /2001/);
    when({ ...plain, parameters: { port: '1' } }).isRejected(
      'PARAMETER_REFUSED',
      /no template/,
      'parameters.port',
    );
  });

  it('has an id that no other one has, be it archived', () => {
    when(plain, undefined, projectAfter(created())).isRejected(
      'PROJECT_ID_TAKEN',
      /“Project one”/,
      'projectId',
    );
    when(plain, undefined, projectAfter(created(), archived())).isRejected(
      'PROJECT_ID_TAKEN',
      /p1/,
    );
  });

  it('takes what a template has, with defaults and given values, and no secret', () => {
    const services = (port: string): Service[] => [
      { name: 'web', kind: 'frontend', configuration: { PORT: port, TOKEN: `\${token}` } },
      { name: 'db', kind: 'postgres', configuration: {} },
    ];
    const beginning = {
      configuration: { region: 'eu' },
      links: [{ from: 'web', to: 'db' }],
    };
    when(ofShop, valid).brings(
      created({
        ...beginning,
        services: services('8080'),
        template: { templateId: 'shop', version: 1, values: { port: '8080' } },
      }),
    );
    when({ ...ofShop, parameters: { port: '80' } }, valid).brings(
      created({
        ...beginning,
        services: services('80'),
        template: { templateId: 'shop', version: 1, values: { port: '80' } },
      }),
    );
  });

  it.each<[string, TemplateState, Parameters<ReturnType<typeof when>['isRejected']>]>([
    ['missing', templateAfter(), ['TEMPLATE_NOT_FOUND', /no template shop/, 'templateId']],
    [
      'not validated',
      templateAfter(uploaded(), validated(), uploaded({ version: 2, text: 'services: []' })),
      ['TEMPLATE_NOT_VALID', /Version 2 .* is not validated yet\.$/, 'templateId'],
    ],
    [
      'invalid',
      templateAfter(uploaded(), validated(1, 'This is wrong.')),
      ['TEMPLATE_NOT_VALID', /has problems: This is wrong\.$/, 'templateId'],
    ],
    [
      'deprecated',
      templateAfter(uploaded(), validated(), deprecated()),
      ['TEMPLATE_DEPRECATED', /was deprecated on 2026-01-30/, 'templateId'],
    ],
  ])('is not created from a template that is %s', (_, template, [code, sentence, field]) => {
    when(ofShop, template).isRejected(code, sentence, field);
  });

  it.each([
    [{ port: '81' }, 'parameters.port', /one of: 80, 8080/],
    [{ token: 'x' }, 'parameters.token', /is secret/],
    [{ size: '1' }, 'parameters.size', /no parameter/],
  ])('is not created with parameters such as %j', (parameters, field, sentence) => {
    when({ ...ofShop, parameters }, valid).isRejected('PARAMETER_REFUSED', sentence, field);
  });

  it('is not created when all that comes of the references would be too much', () => {
    const text = `services: []\nconfiguration:\n${Array.from(
      { length: 100 },
      (_, index) => `  k${index}: ${`\${long}`.repeat(100)}`,
    ).join('\n')}`;
    const parameters = [{ name: 'long', type: 'text' as const, allowed: [], secret: false }];
    when(
      { ...ofShop, parameters: { long: 'x'.repeat(100) } },
      templateAfter(uploaded({ text, parameters }), validated()),
    ).isRejected('PROJECT_TOO_LARGE', /at most 262144/);
  });
});
