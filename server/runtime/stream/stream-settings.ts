/** Times of a consumer, in milliseconds. */
export type StreamSettings = {
  /** Between two reads of a shard that has nothing new. */
  readonly pollIntervalMs: number;
  /** A lease whose counter stood still for so long is free for others. */
  readonly leaseMs: number;
  /** How often a lease is renewed, and how often a worker looks for shards to take. */
  readonly renewMs: number;
  /** A checkpoint that moved is saved at most this often. */
  readonly checkpointMs: number;
  /** How often the stream is asked for its shards when nothing points to new ones. */
  readonly listShardsMs: number;
};

/**
 * A lease lasts for four renewals: three may fail before others take over, and after a worker was
 * killed its shards stand still for some five seconds. Taking a lease from a worker that only was
 * slow does no harm (its checkpoints are fenced, receivers know duplicates), so it may be short.
 * Whatever was delivered since the last saved checkpoint is delivered again after a kill: at most a
 * quarter of a second's worth, for at most four small writes per second, shard and consumer.
 * AWS allows ten DescribeStream calls per second for all workers together, and on the embedded engine
 * one is a walk over every record; new shards are the children of finished ones, which are looked for
 * at once, so that the shards need not be listed often.
 */
export const LEASE_SETTINGS: Omit<StreamSettings, 'pollIntervalMs'> = {
  leaseMs: 4_000,
  renewMs: 1_000,
  checkpointMs: 250,
  listShardsMs: 60_000,
};
