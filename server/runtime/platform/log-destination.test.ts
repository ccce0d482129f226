import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { expect, it } from 'vitest';
import { createLogDestination, getDroppedLogLines } from './log-destination.ts';

/** A disk with room for so many bytes. */
function createDisk(room: number) {
  let text = '';
  return {
    written: () => text,
    free: (bytes: number) => {
      room += bytes;
    },
    write: (_: number, given: string) => {
      if (room === 0) {
        throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
      }
      const part = given.slice(0, room);
      room -= part.length;
      text += part;
      return part.length;
    },
  };
}

it('drops what does not fit, counts it, and says so when there is room again', () => {
  const before = getDroppedLogLines();
  const disk = createDisk(10);
  const destination = createLogDestination(1, disk.write);
  for (const line of ['first\n', 'second\n', 'third\n']) {
    destination.write(line);
  }
  expect(disk.written()).toBe('first\nseco');
  expect(getDroppedLogLines() - before).toBe(2);
  disk.free(1_000);
  destination.write('fourth\n');
  destination.write('fifth\n');
  const [first, cut, fourth, notice, fifth, ...rest] = disk.written().split('\n');
  expect([first, cut, fourth, fifth, rest]).toEqual(['first', 'seco', 'fourth', 'fifth', ['']]);
  expect(JSON.parse(notice ?? '')).toMatchObject({ level: 40, lines: 2 });
});

it('shows what nobody would see on a terminal', () => {
  const disk = createDisk(1_000);
  const line = JSON.stringify({ msg: 'owner \u202egnirts\u009b2J' });
  createLogDestination(1, disk.write).write(`${line}\n`);
  expect(disk.written()).toBe('{"msg":"owner \\u202egnirts\\u009b2J"}\n');
  expect(JSON.parse(disk.written())).toEqual(JSON.parse(line));
});

it.runIf(existsSync('/dev/full'))(
  'keeps a process alive whose standard output is full',
  () => {
    const script = `
    import { createLogger } from '#server/runtime/platform/logger.ts';
    const logger = createLogger({ LOG_LEVEL: 'info' }, 'test');
    process.on('uncaughtException', (error) => { console.error(error); process.exit(3); });
    for (let line = 0; line < 100; line += 1) { logger.info('a line'); console.log('a line'); }
    setImmediate(() => process.exit(0));`;
    const command = `exec "${process.execPath}" --import tsx --input-type=module -e "$SCRIPT" > /dev/full`;
    const { status, stderr } = spawnSync('sh', ['-c', command], {
      env: { ...process.env, SCRIPT: script },
      encoding: 'utf8',
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  },
  60_000,
);
