import { describe, expect, it } from 'vitest';
import { instantiateTemplate } from './instantiate-template.ts';
import { checkParameterValues } from './parameter-values.ts';
import type { TemplateParameter } from './template-state.ts';

const parameters: readonly TemplateParameter[] = [
  { name: 'port', type: 'number', default: '8080', allowed: [], secret: false },
  { name: 'region', type: 'text', allowed: ['eu', 'us'], secret: false },
  { name: 'tracing', type: 'boolean', default: 'false', allowed: [], secret: false },
  { name: 'token', type: 'text', allowed: [], secret: true },
];

describe('the values of parameters', () => {
  it('are completed by defaults; what is secret has none', () => {
    expect(checkParameterValues(parameters, { region: 'eu' })).toEqual({
      values: { port: '8080', region: 'eu', tracing: 'false' },
    });
  });

  it.each([
    [{}, 'region', /needs a value/],
    [{ region: 'asia' }, 'region', /one of: eu, us/],
    [{ region: 'eu', port: '80a' }, 'port', /is a number/],
    [{ region: 'eu', tracing: 'yes' }, 'tracing', /true or false/],
    [{ region: 'eu', token: 'hunter2' }, 'token', /is secret/],
    [{ region: 'eu', zone: 'b' }, 'zone', /no parameter “zone”/],
    [{ region: 'eu', constructor: 'b' }, 'constructor', /no parameter/],
    [{ region: `eu${'\u202e'}` }, 'region', /can be seen/],
  ])('are refused as %j', (given, parameter, problem) => {
    expect(checkParameterValues(parameters, given)).toEqual({
      parameter,
      problem: expect.stringMatching(problem),
    });
  });
});

describe('a project of a template', () => {
  it('has the template’s services with the values in the places of references', () => {
    const text = `services:
  - name: web
    kind: frontend
    configuration: { URL: "http://\${host}:\${port}", TOKEN: "\${token}", RATE: 1.50 }
    links: [api]
  - name: api
    kind: service
    links: [web]
configuration:
  region: \${region}
`;
    const values = { host: 'a$&b', port: '8080', region: 'eu' };
    expect(instantiateTemplate({ format: 'yaml', text }, values)).toEqual({
      configuration: { region: 'eu' },
      services: [
        {
          name: 'web',
          kind: 'frontend',
          configuration: { RATE: '1.50', TOKEN: `\${token}`, URL: 'http://a$&b:8080' },
        },
        { name: 'api', kind: 'service', configuration: {} },
      ],
      links: [
        { from: 'web', to: 'api' },
        { from: 'api', to: 'web' },
      ],
    });
  });
});
