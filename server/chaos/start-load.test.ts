import { setImmediate } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { createRandom } from '#server/runtime/platform/random.ts';
import type { Caller } from './callers.ts';
import { readActionResult } from './callers.ts';
import { outcomeOf } from './command-log.ts';
import { planCommands } from './plan-commands.ts';
import { startLoad } from './start-load.ts';

const accepted: Caller = async () => ({
  kind: 'accepted',
  tokens: [{ aggregateId: 'account#A', sequence: 1 }],
});

function start(direct: Caller, web: Caller = direct) {
  const plan = planCommands(createRandom(7), 'L');
  return startLoad({ plan, callers: { direct, web }, onAnswer: () => {} });
}

const plannedCommand = {
  ...{ module: 'bank', type: 'Deposit', input: {} },
  ...({ via: 'direct', twice: 'no' } as const),
};

const timeout = () => AbortSignal.timeout(20_000);

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
  await load.stop(timeout());
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
  await load.stop(timeout());
  const answers = load.commands.map((command) => command.answers.length);
  await load.confirm(timeout());
  expect(load.commands.map((command) => command.answers.length)).toEqual(
    answers.map((count) => count + 1),
  );
});

it('leaves a command without an outcome when nobody answers', async () => {
  const load = start(async () => {
    throw new Error('It is down.');
  });
  await expect.poll(() => load.commands.length).toBeGreaterThan(0);
  await load.stop(AbortSignal.timeout(200));
  expect(load.commands.map(outcomeOf)).toEqual(load.commands.map(() => undefined));
});

it('reads what a server action returned', () => {
  const root = '0:{"a":"$@1","q":"","i":false,"b":"build"}\n';
  const tokens = [{ aggregateId: 'account#A', sequence: 3 }];
  const result = JSON.stringify({ ok: true, result: { tokens }, milliseconds: 2 });
  expect(readActionResult(`${root}1:${result}\n`)).toEqual({ ok: true, result: { tokens } });
  const refusal = { ok: false, code: 'SAME_ACCOUNT', message: 'The same.' };
  expect(readActionResult(`${root}1:${JSON.stringify(refusal)}\n`)).toEqual(refusal);
  expect(() => readActionResult(`${root}1:E{"digest":"1"}\n`)).toThrow();
  expect(() => readActionResult('<html>')).toThrow();
});

it('begins those that race at the same moment', async () => {
  const racing = [false, true, true, false].map((isRacing, index) => {
    return { ...plannedCommand, commandId: `${index}`, isRacing };
  });
  const asked: string[] = [];
  const answered: (readonly string[])[] = [];
  const caller: Caller = async ({ commandId }) => {
    asked.push(commandId);
    await setImmediate();
    answered.push([...asked]);
    return { kind: 'rejected', code: 'TEST' };
  };
  const load = startLoad({
    plan: racing,
    callers: { direct: caller, web: caller },
    onAnswer: () => {},
  });
  await expect.poll(() => load.commands.length).toBe(4);
  await load.stop(timeout());
  const together = ['0', '1', '2'];
  expect(answered).toEqual([together, together, together, [...together, '3']]);
});
