import { describe, expect, it } from 'vitest';
import { toEventNote, toEventSentence } from './event-sentence.ts';

describe('toEventSentence', () => {
  it.each([
    ['AccountOpened', { owner: 'Jana Nová', currency: 'EUR' }, 'Opened for Jana Nová in EUR'],
    ['MoneyDeposited', { amount: '12000', currency: 'EUR' }, 'Deposited 120.00 EUR'],
    ['MoneyWithdrawn', { amount: '1234567', currency: 'JPY' }, 'Withdrew 1,234,567 JPY'],
    [
      'TransferSent',
      { amount: '5', currency: 'KWD', counterparty: 'CZ12' },
      'Sent 0.005 KWD to CZ12',
    ],
    [
      'TransferReceived',
      { amount: '500', currency: 'EUR', counterparty: 'CZ12' },
      'Received 5.00 EUR from CZ12',
    ],
    [
      'TransferProposed',
      { amount: '1000000', currency: 'EUR', fromAccountId: 'A-1', toAccountId: 'B-2' },
      'Proposed 10,000.00 EUR from A-1 to B-2',
    ],
    ['TransferApproved', { approvedBy: 'user:ada' }, 'Approved by user:ada'],
    [
      'TransferDeclined',
      { declinedBy: 'user:ada', reason: 'Too much' },
      'Declined by user:ada: Too much',
    ],
    ['AccountClosed', {}, 'Closed'],
    ['AccountClosed', { reason: 'Moved away' }, 'Closed: Moved away'],
  ])('%s', (eventType, eventData, expected) => {
    expect(toEventSentence({ eventType, eventData })).toBe(expected);
  });

  it('says nothing of a type that it does not know, and names a payload that it cannot read', () => {
    expect(toEventSentence({ eventType: 'InterestAccrued', eventData: {} })).toBeUndefined();
    expect(toEventSentence({ eventType: 'MoneyDeposited', eventData: { amount: 12 } })).toBe(
      'Money deposited',
    );
  });
});

describe('toEventNote', () => {
  it('joins the description and the counterparty', () => {
    const eventData = { description: 'Rent', counterparty: 'Novák s.r.o.' };
    expect(toEventNote({ eventType: 'MoneyDeposited', eventData })).toBe('Rent · Novák s.r.o.');
  });

  it('leaves out the other end of a transfer', () => {
    const eventData = { counterparty: 'CZ12' };
    expect(toEventNote({ eventType: 'TransferSent', eventData })).toBeNull();
  });
});
