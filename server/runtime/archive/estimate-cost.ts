import type { Manifest } from './manifest.ts';

/** US dollars, AWS's list prices for us-east-1 in 2026, without free tiers. */
const PRICES = {
  dynamoReadPerMillion: 0.125,
  dynamoWritePerMillion: 0.625,
  dynamoGbMonth: 0.25,
  s3GbMonth: 0.023,
  s3PutPerThousand: 0.005,
  s3GetPerThousand: 0.0004,
};

const GB = 1024 ** 3;
const READ_UNIT = 4 * 1024;
const WRITE_UNIT = 1024;

/** What an archiving comes to on AWS, in US dollars. */
export type CostEstimate = {
  /** The run: reading the store twice, writing the objects. */
  readonly runOnce: number;
  /** Reading every object back, and its events in the store. */
  readonly verifyOnce: number;
  /** Deleting the archived events. */
  readonly removeOnce: number;
  readonly archivePerMonth: number;
  /** What the archived events cost in DynamoDB as long as they stay there. */
  readonly storePerMonth: number;
};

/** The assumptions of `estimateCost`, for who reads it. */
export const COST_ASSUMPTIONS: readonly string[] = [
  'AWS list prices of us-east-1, on demand, in US dollars, without free tiers, taxes, backups and replicas.',
  'Bytes of the store are those of its items as JSON with types, which is more than DynamoDB counts.',
  'A run reads the whole events table twice, and the table of command records once, which is left out here.',
  'S3 Standard; an object lock costs nothing by itself, and keeps the storage paid for as long as it lasts.',
  'Removing writes one unit for each kilobyte of an event, and keeps the newest event of each aggregate.',
];

/** Pure. `storeBytes` is what a scan of the events table reads. */
export function estimateCost(
  {
    events,
    uncompressedBytes,
    objects,
  }: Pick<Manifest, 'events' | 'uncompressedBytes' | 'objects'>,
  storeBytes: number,
): CostEstimate {
  const compressed = objects.reduce((sum, { bytes }) => sum + bytes, 0);
  const reads = (bytes: number) => ((bytes / READ_UNIT) * PRICES.dynamoReadPerMillion) / 1e6;
  const unitsEach = Math.ceil(uncompressedBytes / Math.max(events, 1) / WRITE_UNIT);
  return {
    runOnce: 2 * reads(storeBytes) + (objects.length / 1_000) * PRICES.s3PutPerThousand,
    verifyOnce:
      reads(Math.max(uncompressedBytes, events * READ_UNIT)) +
      (objects.length / 1_000) * PRICES.s3GetPerThousand,
    removeOnce: (events * unitsEach * PRICES.dynamoWritePerMillion) / 1e6,
    archivePerMonth: (compressed / GB) * PRICES.s3GbMonth,
    storePerMonth: (uncompressedBytes / GB) * PRICES.dynamoGbMonth,
  };
}
