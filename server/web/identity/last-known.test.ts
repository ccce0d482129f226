import { describe, expect, it, vi } from 'vitest';
import { createLastKnown } from './last-known.ts';

type Name = { readonly name: string };

function setUp() {
  let time = 0;
  const read = vi.fn<(key: string) => Promise<Name | undefined>>();
  const lastKnown = createLastKnown(read, () => time);
  return {
    read,
    ...lastKnown,
    pass: (ms: number) => {
      time += ms;
    },
  };
}

const ada = { name: 'Ada' };
const never = new Promise<undefined>(() => {});

describe('what was known last', () => {
  it('is read once a second', async () => {
    const { read, get, pass } = setUp();
    read.mockResolvedValue(ada);
    expect(await Promise.all([get('a'), get('a')])).toEqual([ada, ada]);
    pass(1_000);
    await get('a');
    expect(read).toHaveBeenCalledTimes(1);
    pass(1);
    await get('a');
    expect(read).toHaveBeenCalledTimes(2);
  });

  it('is gone once it is read to be gone', async () => {
    const { read, get, pass } = setUp();
    read.mockResolvedValueOnce(ada).mockResolvedValue(undefined);
    expect(await get('a')).toBe(ada);
    pass(2_000);
    expect(await get('a')).toBeUndefined();
  });

  it('holds for some minutes while it cannot be read, and no longer', async () => {
    const { read, get, pass } = setUp();
    read.mockResolvedValueOnce(ada).mockRejectedValue(new Error('down'));
    await get('a');
    pass(15 * 60_000);
    expect(await get('a')).toBe(ada);
    pass(1);
    await expect(get('a')).rejects.toThrow('down');
    await expect(get('b')).rejects.toThrow('down');
  });

  it('holds while reading hangs, which is waited for once', async () => {
    const { read, get, pass } = setUp();
    read.mockResolvedValueOnce(ada).mockReturnValue(never);
    await get('a');
    pass(2_000);
    const first = get('a');
    pass(1_000);
    expect(await get('a')).toBe(ada);
    expect(await first).toBe(ada);
    expect(read).toHaveBeenCalledTimes(2);
  });

  it('is not brought back by a read of before it was forgotten', async () => {
    const { read, get, forget } = setUp();
    let answer = (_: Name) => {};
    read.mockReturnValueOnce(
      new Promise((resolve) => {
        answer = resolve;
      }),
    );
    const before = get('a');
    forget('a');
    answer(ada);
    await before;
    read.mockResolvedValue(undefined);
    expect(await get('a')).toBeUndefined();
  });
});
