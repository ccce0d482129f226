import { expect, it } from 'vitest';
import { estimateCost } from './estimate-cost.ts';
import type { ArchiveObject } from './manifest.ts';

const GB = 1024 ** 3;

const object: ArchiveObject = {
  kind: 'events',
  key: 'events/x.jsonl.gz',
  sha256: '0'.repeat(64),
  bytes: GB,
  lines: 1,
  first: 'account#A/1',
  last: 'account#A/1',
};

it('says what a store of ten gigabytes costs, of which all is archived', () => {
  const manifest = { events: 1e7, uncompressedBytes: 10 * GB, objects: [object, object] };
  const cost = estimateCost(manifest, 10 * GB);
  // 2,621,440 read units a scan; each event is read by its key in verify, a unit of 4 KB each.
  expect(cost.runOnce).toBeCloseTo(0.65537, 5);
  expect(cost.verifyOnce).toBeCloseTo(1.25, 3);
  // An event is 1,074 bytes, which is two write units.
  expect(cost.removeOnce).toBeCloseTo(12.5, 5);
  expect(cost.archivePerMonth).toBeCloseTo(0.046, 5);
  expect(cost.storePerMonth).toBeCloseTo(2.5, 5);
});

it('is nothing but the reading where nothing is archived', () => {
  expect(estimateCost({ events: 0, uncompressedBytes: 0, objects: [] }, 4096)).toEqual({
    runOnce: 0.00000025,
    verifyOnce: 0,
    removeOnce: 0,
    archivePerMonth: 0,
    storePerMonth: 0,
  });
});
