import { describe, expect, it } from 'vitest';
import { toTemplateEventSentence } from './event-sentence.ts';

describe('the sentence of a template’s event', () => {
  it.each([
    ['TemplateUploaded', { name: 'Shop', version: 2 }, 'Uploaded version 2 of Shop'],
    ['TemplateValidated', { version: 1, valid: true, problems: [] }, 'Found version 1 valid'],
    [
      'TemplateValidated',
      { version: 1, valid: false, problems: [{ message: 'Wrong.' }] },
      'Found a problem in version 1: Wrong.',
    ],
    [
      'TemplateParametersChanged',
      { version: 1, parameters: [{ name: 'port' }, { name: 'region' }] },
      'Set the parameters of version 1: port, region',
    ],
    [
      'TemplateParametersChanged',
      { version: 1, parameters: [] },
      'Took all parameters from version 1',
    ],
    ['TemplateDeprecated', {}, 'Deprecated'],
    ['TemplateDeprecated', { reason: 'Old\u202e' }, 'Deprecated: Old\\u202e'],
    ['TemplateDeprecated', { reason: 1 }, undefined],
    ['AccountOpened', {}, undefined],
  ])('%s %j is %j', (eventType, eventData, sentence) => {
    expect(toTemplateEventSentence({ eventType, eventData })).toBe(sentence);
  });
});
