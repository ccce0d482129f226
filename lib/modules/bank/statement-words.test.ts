import { expect, it } from 'vitest';
import { toDescriptionText } from './statement-words.ts';

it.each([
  ['cash-out: statement-fee', 'Cash out: statement fee'],
  ['remittance-out: household', 'Remittance out: household'],
  ['sepa: iPhone 2024-001 RF18-5390-0754', 'sepa: iPhone 2024-001 RF18-5390-0754'],
  ['iPhone e-mail', 'iPhone e-mail'],
  ['Cash out: statement fee', 'Cash out: statement fee'],
  ['a\u202eb', 'a\\u202eb'],
])('“%s” reads “%s”', (description, text) => {
  expect(toDescriptionText(description)).toBe(text);
});
