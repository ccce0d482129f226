import { describe, expect, it } from 'vitest';
import { createFieldReader, STATEMENT_COLUMNS } from './statement-columns.ts';

const HEADER = STATEMENT_COLUMNS.join(',');

describe('the header of a statement', () => {
  it('is read in any order, with a byte order mark, and whatever the case', () => {
    const header = `\uFEFF${[...STATEMENT_COLUMNS].reverse().join(' , ').toUpperCase()}`;
    const read = createFieldReader(header);
    expect(read('a,b,,,,,withdrawal,7,1993-01-02,C-1')).toMatchObject({
      account_id: 'C-1',
      date: '1993-01-02',
      trans_id: '7',
      direction: 'withdrawal',
      counterparty_bank: 'b',
      counterparty_account: 'a',
    });
  });

  it.each([
    ['amount and purpose are missing', HEADER.replace('amount,', '').replace('purpose,', '')],
    ['a column too many', `${HEADER},extra`],
    ['a column named twice in the place of another', HEADER.replace('purpose', 'amount')],
    ['no header at all', '1,1993-01-01,1,deposit,cash-in,1.00,1.00,,,'],
    ['nothing', ''],
    ['an open quote', `"${HEADER}`],
  ])('is refused: %s', (_name, header) => {
    expect(() => createFieldReader(header)).toThrow(
      expect.objectContaining({ code: 'INVALID_INPUT' }),
    );
  });

  it('names the columns that are missing', () => {
    expect(() => createFieldReader('account_id,date')).toThrow(/trans_id, direction/);
  });
});

describe('a line of a statement', () => {
  const read = createFieldReader(HEADER);

  it('may quote its fields', () => {
    expect(read('1,1993-01-01,2,deposit,"cash, in",1.00,1.00,"say ""x""",,').purpose).toBe(
      'say "x"',
    );
  });

  it.each([
    ['too few columns', '1,1993-01-01,2,deposit', /4 columns; the header has 10/],
    ['too many columns', '1,1993-01-01,2,deposit,cash-in,1,000.00,1.00,,,', /11 columns/],
    ['a quote that is never closed', '1,1993-01-01,2,"deposit,cash-in,1.00,1.00,,,', /not CSV/],
  ])('is refused: %s', (_name, line, sentence) => {
    expect(() => read(line)).toThrow(sentence);
  });
});
