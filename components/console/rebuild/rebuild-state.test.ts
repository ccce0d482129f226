import { expect, it } from 'vitest';
import type { Rebuild } from '#lib/contracts/rebuilds.ts';
import { toBeginObstacle, toRebuildState, toRollBackObstacle } from './rebuild-state.ts';

const rebuild = (id: number, status: Rebuild['status'], more: Partial<Rebuild> = {}): Rebuild => ({
  id,
  projection: 'accounts',
  kind: 'rebuild',
  status,
  fromVersion: 1,
  version: 2,
  startPosition: 0,
  position: 10,
  target: 10,
  rate: null,
  secondsLeft: null,
  error: null,
  worker: null,
  requestedBy: 'olga',
  startedAt: '2026-01-01T00:00:00.000Z',
  updatedAt: '2026-01-01T00:00:00.000Z',
  previous: null,
  ...more,
});
const swap = rebuild(2, 'swapped', { previous: { version: 2, position: 7 } });

it('lets one rebuild at a time be begun', () => {
  const state = (status: Rebuild['status']) =>
    toRebuildState({ items: [rebuild(3, status), swap], kept: null });
  expect(toBeginObstacle(state('running'))).toContain('Rebuild 3 is being filled');
  expect(toBeginObstacle(state('ready'))).toContain('Rebuild 3 is ready');
  for (const status of ['failed', 'swapped', 'cancelled', 'discarded'] as const) {
    expect(toBeginObstacle(state(status)), status).toBeNull();
  }
});

it('rolls back to a generation that is kept, of the program’s own version', () => {
  const kept = toRebuildState({ items: [swap], kept: swap });
  expect(toRollBackObstacle(kept, 2)).toBeNull();
  expect(toRollBackObstacle(kept, 3)).toContain('is of version 2');
  expect(toRollBackObstacle(toRebuildState({ items: [swap], kept: null }), 2)).toContain(
    'No previous generation',
  );
  const busy = toRebuildState({ items: [rebuild(3, 'running'), swap], kept: swap });
  expect(toRollBackObstacle(busy, 2)).toContain('Rebuild 3 is being filled');
});
