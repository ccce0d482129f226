import { describe, expect, it } from 'vitest';
import { toProjectEventSentence } from './event-sentence.ts';

describe('the sentence of a project’s event', () => {
  it.each([
    ['ProjectCreated', { name: 'Shop', services: [] }, 'Created Shop'],
    [
      'ProjectCreated',
      { name: 'Shop', services: [1], template: { templateId: 'web', version: 3 } },
      'Created Shop from version 3 of web, with 1 service',
    ],
    ['ServiceAdded', { name: 'db', kind: 'postgres', links: [] }, 'Added db (postgres)'],
    [
      'ServiceAdded',
      { name: 'api', kind: 'service', links: ['db', 'cache'] },
      'Added api (service), which uses db, cache',
    ],
    ['ServiceRemoved', { name: 'db', links: [] }, 'Removed db'],
    ['ServiceRemoved', { name: 'db', links: [1, 2] }, 'Removed db and its 2 links'],
    ['ServicesConnected', { from: 'web', to: 'db' }, 'Connected web with db'],
    ['ServicesDisconnected', { from: 'web', to: 'db' }, 'Disconnected web from db'],
    [
      'ProjectConfigurationChanged',
      { set: { A: '1', B: '2' }, removed: ['C'] },
      'Configuration of the project: set A to 1, B to 2; removed C',
    ],
    [
      'ProjectConfigurationChanged',
      { service: 'web', set: {}, removed: ['C'] },
      'Configuration of web: removed C',
    ],
    ['ProjectArchived', {}, 'Archived'],
    ['ProjectArchived', { reason: 'Done' }, 'Archived: Done'],
    ['ProjectArchived', 'x', undefined],
    ['MoneyDeposited', {}, undefined],
  ])('%s %j is %j', (eventType, eventData, sentence) => {
    expect(toProjectEventSentence({ eventType, eventData })).toBe(sentence);
  });
});
