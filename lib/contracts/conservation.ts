import { z } from 'zod';

const unitSchema = z.object({
  /** What it is counted in: a currency. */
  unit: z.string(),
  /** Amounts in the unit's smallest part, as digits: what came in less what went out, by the events. */
  made: z.string(),
  /** The net of transfers of which the view has one side only so far. */
  underWay: z.string(),
  /** What the view holds altogether. */
  held: z.string(),
  /** Transfers whose other side did not come at all. */
  unpaired: z.number(),
});

/** Whether a view holds of a quantity what all events come to, at a position of the journal. */
export const conservationSchema = z.object({
  /** Its module's name for it: "money". */
  quantity: z.string(),
  view: z.string(),
  position: z.number(),
  units: z.array(unitSchema),
  /** Why it cannot be said; null where it can. */
  problem: z.string().nullable(),
});
export type Conservation = z.infer<typeof conservationSchema>;

/** By how much a view holds more than it should, in the unit's smallest part; negative for less. */
export function toExcess({
  made,
  underWay,
  held,
}: Pick<Conservation['units'][number], 'made' | 'underWay' | 'held'>): bigint {
  return BigInt(held) - BigInt(made) - BigInt(underWay);
}

/** Whether nothing was lost and nothing made up; unknown where it cannot be said. */
export function judgeConservation({
  units,
  problem,
}: Pick<Conservation, 'units' | 'problem'>): 'conserved' | 'violated' | 'unknown' {
  if (problem !== null) {
    return 'unknown';
  }
  return units.every((unit) => toExcess(unit) === 0n && unit.unpaired === 0)
    ? 'conserved'
    : 'violated';
}
