import { expect, it } from 'vitest';
import { toCrmEventSentence } from './event-sentence.ts';

it.each([
  ['CrmAccountChanged', { changeType: 'CREATE' }, 'Client created'],
  ['CrmContactChanged', { changeType: 'GAP_UPDATE' }, 'Contact changed; its fields must be read'],
  ['CrmOpportunityChanged', { changeType: 'OF_A_NEWER_PROGRAM' }, 'Deal changed'],
  ['CrmContractRead', {}, 'Contract read from the CRM'],
  ['CrmMessageRefused', { reason: 'It is not JSON.' }, 'Message refused: It is not JSON.'],
  ['CrmMessageSettled', { reason: 'a test' }, undefined],
  ['MoneyDeposited', {}, undefined],
])('%s %j: %s', (eventType, eventData, expected) => {
  expect(toCrmEventSentence({ eventType, eventData })).toBe(expected);
});
