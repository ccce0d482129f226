import { expect, it } from 'vitest';
import { createRandom } from '#server/platform/random.ts';
import type { Caller } from './callers.ts';
import { readActionResult } from './callers.ts';
import { outcomeOf } from './command-log.ts';
import { planCommands } from './plan-commands.ts';
import { startLoad } from './start-load.ts';

const accepted: Caller = async ({ accountId }) => ({
  kind: 'accepted',
  tokens: [{ accountId, sequence: 1 }],
});

function start(direct: Caller, web: Caller = direct) {
  const plan = planCommands(createRandom(7), 'L');
  return startLoad({ plan, callers: { direct, web }, onAnswer: () => {} });
}

const patience = () => AbortSignal.timeout(20_000);

it('sends a command until it is answered, and those that are to be sent twice two times', async () => {
  const failed = new Set<string>();
  const load = start(async (command) => {
    if (!failed.has(command.commandId)) {
      failed.add(command.commandId);
      throw new Error('The connection broke.');
    }
    return accepted(command);
  });
  await load.warm;
  await load.stop(patience());
  for (const command of load.commands) {
    expect(command.lost).toEqual(['The connection broke.']);
    expect(command.answers).toHaveLength(command.planned.twice === 'no' ? 1 : 2);
  }
});

it('asks again for what was refused after an answer had been lost', async () => {
  const first = new Set<string>();
  const load = start(async (command) => {
    const isFirst = !first.has(command.commandId);
    first.add(command.commandId);
    if (isFirst) {
      throw new Error('Lost');
    }
    return { kind: 'rejected', code: 'OVERDRAFT_LIMIT_EXCEEDED' };
  });
  await load.warm;
  await load.stop(patience());
  const answers = load.commands.map((command) => command.answers.length);
  await load.confirm(patience());
  expect(load.commands.map((command) => command.answers.length)).toEqual(
    answers.map((count) => count + 1),
  );
});

it('leaves a command without an outcome when nobody answers', async () => {
  const load = start(async () => {
    throw new Error('It is down.');
  });
  await load.stop(AbortSignal.timeout(200));
  expect(load.commands.map(outcomeOf)).toEqual(load.commands.map(() => undefined));
  expect(load.commands.length).toBeGreaterThan(0);
});

it('reads what a server action returned', () => {
  const root = '0:{"a":"$@1","q":"","i":false,"b":"build"}\n';
  const tokens = [{ accountId: 'A', sequence: 3 }];
  const result = JSON.stringify({ ok: true, result: { tokens }, milliseconds: 2 });
  expect(readActionResult(`${root}1:${result}\n`)).toEqual({ ok: true, result: { tokens } });
  const refusal = { ok: false, code: 'SAME_ACCOUNT', message: 'The same.' };
  expect(readActionResult(`${root}1:${JSON.stringify(refusal)}\n`)).toEqual(refusal);
  expect(() => readActionResult(`${root}1:E{"digest":"1"}\n`)).toThrow();
  expect(() => readActionResult('<html>')).toThrow();
});

it('plans the same commands for the same seed', () => {
  const take = () => {
    const plan = planCommands(createRandom(3), 'P');
    return Array.from({ length: 500 }, () => plan.next().value);
  };
  expect(take()).toEqual(take());
  const ids = take().map(({ commandId }) => commandId);
  expect(new Set(ids).size).toBe(500);
});
