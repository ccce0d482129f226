import { describe, expect, it } from 'vitest';
import {
  LISTENING_CHANNEL,
  type Notification,
  PROJECTION_CHANNEL,
} from '#server/runtime/platform/notifications.ts';
import { createMoveTimes } from './move-times.ts';

/** Times over notifications that the test sends; `now` is what the clock says at each. */
async function createHeard(start: Record<string, number> = {}) {
  let tell: (notification: Notification) => void = () => {};
  let now = 0;
  let positions = start;
  const times = createMoveTimes({
    notifications: {
      subscribe: (listener) => {
        tell = listener;
        return () => {};
      },
    },
    readPositions: async () =>
      Object.entries(positions).map(([name, position]) => ({ name, position })),
    now: () => now,
  });
  const listen = async (at = positions) => {
    positions = at;
    tell({ channel: LISTENING_CHANNEL, payload: '' });
    await Promise.resolve();
    await Promise.resolve();
    await Promise.resolve();
  };
  await listen();
  const move = (name: string, position: number, at: number) => {
    now = at;
    tell({ channel: PROJECTION_CHANNEL, payload: JSON.stringify({ name, position }) });
  };
  return { times, move, listen };
}

describe('the times of projections’ moves', () => {
  it('are those of the first move at or past a position', async () => {
    const { times, move } = await createHeard({ accounts: 4 });
    move('accounts', 6, 100);
    move('accounts', 9, 200);
    move('transactions', 6, 150);
    expect([5, 6, 7, 9].map((position) => times.passedAt('accounts', position))).toEqual([
      100, 100, 200, 200,
    ]);
  });

  it('are not known of what was passed before, and of what is still to come', async () => {
    const { times, move } = await createHeard({ accounts: 4 });
    move('accounts', 6, 100);
    move('new', 6, 100);
    expect(times.passedAt('accounts', 4)).toBeUndefined();
    expect(times.passedAt('accounts', 7)).toBeUndefined();
    expect(times.passedAt('new', 6)).toBeUndefined();
    expect(times.passedAt('never-heard-of', 1)).toBeUndefined();
  });

  it('are forgotten when nobody listened for a while', async () => {
    const { times, move, listen } = await createHeard({ accounts: 4 });
    move('accounts', 6, 100);
    await listen({ accounts: 8 });
    move('accounts', 9, 300);
    expect(times.passedAt('accounts', 6)).toBeUndefined();
    expect(times.passedAt('accounts', 8)).toBeUndefined();
    expect(times.passedAt('accounts', 9)).toBe(300);
  });

  it('begin anew with a projection that went back', async () => {
    const { times, move } = await createHeard({ accounts: 4 });
    move('accounts', 6, 100);
    move('accounts', 0, 200);
    move('accounts', 6, 300);
    expect(times.passedAt('accounts', 6)).toBe(300);
  });

  it('are bounded', async () => {
    const { times, move } = await createHeard({ accounts: 0 });
    for (let position = 1; position <= 10_000; position += 1) {
      move('accounts', position, position);
    }
    expect(times.passedAt('accounts', 10)).toBeUndefined();
    expect(times.passedAt('accounts', 9_000)).toBe(9_000);
  });
});
