import { describe, expect, it } from 'vitest';
import { createFieldReader, STATEMENT_COLUMNS } from './statement-columns.ts';

const HEADER = STATEMENT_COLUMNS.join(',');

describe('the header of a statement', () => {
  it('is read in any order, and whatever the case and the blanks', () => {
    const header = `${[...STATEMENT_COLUMNS].reverse().join(' , ').toUpperCase()}`;
    const read = createFieldReader(header.split(','));
    expect(read('a,b,,,,,withdrawal,7,1993-01-02,C-1'.split(','))).toMatchObject({
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
  ])('is refused: %s', (_name, header) => {
    expect(() => createFieldReader(header.split(','))).toThrow(
      expect.objectContaining({ code: 'INVALID_INPUT' }),
    );
  });

  it.each([
    ['a column that is missing', 'account_id,date', /lacks trans_id, direction/],
    ['what is there instead', HEADER.replace('date', 'Buchungstag'), /lacks date .*“buchungstag”/],
    ['a column that is there twice', `${HEADER},amount`, /“amount” more than once/],
    ['a column that nobody understands', `${HEADER},extra`, /“extra”/],
    ['semicolons', HEADER.replaceAll(',', ';'), /semicolons/],
    ['tabs', HEADER.replaceAll(',', '\t'), /tabs/],
    ['a header that is missing', '1,1993-01-01,1,deposit,cash-in,1.00,1.00,,,', /not a header/],
    ['NUL characters', `\u0000${HEADER}`, /utf-16/],
  ])('is refused by the likely cause: %s', (_name, header, sentence) => {
    expect(() => createFieldReader(header.split(','))).toThrow(sentence);
  });
});

describe('a row of a statement', () => {
  const read = createFieldReader(STATEMENT_COLUMNS);

  it('is kept to the letter', () => {
    const row = read([
      '1',
      '1993-01-01',
      '2',
      'deposit',
      ' a  b ',
      '1',
      '',
      'iPhone e-mail',
      '',
      '',
    ]);
    expect(row).toMatchObject({ operation: ' a  b ', purpose: 'iPhone e-mail' });
  });

  it.each([
    ['too few columns', '1,1993-01-01,2,deposit', /4 columns and the header 10: .*cut off/],
    ['too many columns', '1,1993-01-01,2,deposit,cash-in,1,00,1.00,,,', /11 .*decimal comma/],
  ])('is refused: %s', (_name, line, sentence) => {
    expect(() => read(line.split(','))).toThrow(sentence);
  });
});
