import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import fc from 'fast-check';

/** Numbers that DynamoDB allows, as it writes them; JavaScript has some of them only. */
export const anyNumberText: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(
    '12345678901234567890.5',
    '12345678901234567890',
    '-12345678901234567890',
    '9007199254740993',
    '0.12345678901234567890123456789012345678',
    '9.9999999999999999999999999999999999999E+125',
    '-1E-130',
    '1E+100',
    '0',
    '-7.25',
  ),
  fc.integer().map(String),
  fc.bigInt({ min: -(10n ** 37n), max: 10n ** 37n }).map(String),
  fc
    .tuple(fc.bigInt({ min: 1n, max: 10n ** 18n }), fc.nat({ max: 10 ** 9 }))
    .map(([whole, fraction]) => `${whole}.${fraction}1`),
);

/** Texts with NUL, half pairs of surrogates, names of Object's own and very long ones among them. */
export const anyText: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom('', '\0', 'a\0b', '\\u0000', '\ud800', 'x\udc00', '__proto__', '🙂'),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.integer({ min: 1, max: 30_000 }).map((length) => '§'.repeat(length)),
);

const anyBytes = fc.uint8Array({ minLength: 1, maxLength: 20 });

/** A value of any of DynamoDB's types, nested or not. */
export const anyAttribute: fc.Arbitrary<AttributeValue> = fc.letrec<{ value: AttributeValue }>(
  (tie) => ({
    value: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      anyNumberText.map((N) => ({ N })),
      anyText.map((S) => ({ S })),
      anyBytes.map((B) => ({ B })),
      fc.boolean().map((BOOL) => ({ BOOL })),
      fc.constant({ NULL: true }),
      fc.uniqueArray(anyNumberText, { minLength: 1, maxLength: 4 }).map((NS) => ({ NS })),
      fc.uniqueArray(anyText, { minLength: 1, maxLength: 4 }).map((SS) => ({ SS })),
      fc.array(anyBytes, { minLength: 1, maxLength: 1 }).map((BS) => ({ BS })),
      fc.array(tie('value'), { maxLength: 4 }).map((L) => ({ L })),
      fc.dictionary(anyText, tie('value'), { maxKeys: 4 }).map((M) => ({ M })),
    ),
  }),
).value;
