import { z } from 'zod';
import { CATCH_UP, type Checkpoint, TRIM_HORIZON } from './checkpoint.ts';

/** Who reads a shard for a consumer, and how far it has come. Lives in the table `leases`. */
export const leaseSchema = z.object({
  consumer: z.string(),
  shardId: z.string(),
  /** The worker that reads; null when it was given back. */
  owner: z.string().nullable(),
  /** Moves with every write of the owner: others see by it that the owner lives. */
  counter: z.number(),
  checkpoint: z.string(),
  parents: z.array(z.string()),
  updatedAt: z.string(),
});

export type Lease = z.infer<typeof leaseSchema>;

/** AWS keeps records for 24 hours; a little less leaves time to read them. */
const SAFE_AGE_MS = 20 * 60 * 60 * 1_000;

/** So much the clocks of two machines may differ. */
const CLOCKS_APART_MS = 60_000;

/**
 * Where a new owner goes on. TRIM_HORIZON never fails, whatever was trimmed before it was first
 * read: after a long absence it may have lost records without a word, so it is caught up. So it is
 * when the lease was written in the future: the clock was set back, and nobody knows how long ago.
 */
export function resumeAt({ checkpoint, updatedAt }: Lease, now: Date): Checkpoint {
  const age = now.getTime() - Date.parse(updatedAt);
  const isSafe = age <= SAFE_AGE_MS && age >= -CLOCKS_APART_MS;
  return checkpoint === TRIM_HORIZON && !isSafe ? CATCH_UP : checkpoint;
}
