import fc from 'fast-check';
import { z } from 'zod';
import { toMinorUnits } from '#server/runtime/event-store/minor-units.ts';

const amount = toMinorUnits(/^-?\d{1,40}$/);

/** A payload as no account has one: lists, maps, optional members and bigint within each other. */
export const nestedCodec = z.object({
  title: z.string(),
  lines: z.array(z.object({ amount, tags: z.array(z.string()), note: z.string().optional() })),
  limits: z.record(z.string(), z.object({ amounts: z.array(amount), isHard: z.boolean() })),
  free: z.json(),
});
export type Nested = z.output<typeof nestedCodec>;

/** What both databases hold exactly: PostgreSQL has no NUL, JavaScript's parsers lose `__proto__`. */
const text = fc.string({ unit: 'binary', maxLength: 12 }).map((any) => any.replaceAll('\0', ''));
const name = text.filter((any) => any !== '' && any !== '__proto__');
const number = fc
  .oneof(fc.integer(), fc.double({ noNaN: true, min: -1e125, max: 1e125 }))
  .map((any) => (Math.abs(any) < 1e-130 ? 0 : any));
const bigint = fc.bigInt({ min: -(10n ** 38n), max: 10n ** 38n });
const { json } = fc.letrec<{ json: z.output<ReturnType<typeof z.json>> }>((tie) => ({
  json: fc.oneof(
    { maxDepth: 4 },
    text,
    number,
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('json'), { maxLength: 4 }),
    fc.dictionary(name, tie('json'), { maxKeys: 4, noNullPrototype: true }),
  ),
}));

/** Any such payload. */
export const anyNested: fc.Arbitrary<Nested> = fc.record({
  title: text,
  lines: fc.array(
    fc.record({
      amount: bigint,
      tags: fc.array(text, { maxLength: 3 }),
      note: fc.option(text, { nil: undefined }),
    }),
    { maxLength: 3 },
  ),
  limits: fc.dictionary(
    name,
    fc.record({ amounts: fc.array(bigint, { maxLength: 3 }), isHard: fc.boolean() }),
    { maxKeys: 3, noNullPrototype: true },
  ),
  free: json,
});
