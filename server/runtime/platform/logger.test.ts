import { Writable } from 'node:stream';
import { DrizzleQueryError } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { PlayheadError } from '#lib/playhead-error.ts';
import { createLogger } from './logger.ts';

function createLog(LOG_LEVEL: 'info' | 'warn') {
  const lines: string[] = [];
  const write = (line: unknown, _: unknown, done: () => void) => {
    lines.push(String(line));
    done();
  };
  const logger = createLogger({ LOG_LEVEL }, 'test', new Writable({ write }));
  return { logger, lines, last: (): unknown => JSON.parse(lines.at(-1) ?? '') };
}

it('writes lines of JSON from its level on', () => {
  const { logger, lines, last } = createLog('warn');
  logger.info('not this');
  logger.warn({ shardId: 's-1' }, 'this');
  expect(lines).toHaveLength(1);
  expect(last()).toMatchObject({ process: 'test', shardId: 's-1', msg: 'this', level: 40 });
});

it('tells an error’s kind, code, sentence, place and cause', () => {
  const { logger, last } = createLog('info');
  const cause = new TypeError('inner');
  logger.error({ err: new PlayheadError('UNEXPECTED', 'outer', { cause }) }, 'failed');
  expect(last()).toMatchObject({
    err: {
      type: 'PlayheadError',
      code: 'UNEXPECTED',
      message: 'outer',
      stack: expect.stringContaining('logger.test.ts'),
      cause: { type: 'TypeError', message: 'inner' },
    },
  });
});

it('shows neither the parameters of a statement nor the row that was refused', () => {
  const { logger, lines, last } = createLog('info');
  const detail = 'Failing row contains (Ada, 98765).';
  const refused = Object.assign(new Error('violates check'), { code: '23514', detail });
  const err = new DrizzleQueryError('insert into accounts values ($1)', ['Ada', 98_765], refused);
  logger.error({ err }, 'failed');
  expect(last()).toMatchObject({ err: { cause: { code: '23514', message: 'violates check' } } });
  expect(lines.join()).not.toMatch(/Ada|98765/);
});

it('does not mind what was thrown', () => {
  const { logger, last } = createLog('info');
  logger.error({ err: 'a text' }, 'failed');
  expect(last()).toMatchObject({ err: { type: 'string', message: 'a text' } });
});
