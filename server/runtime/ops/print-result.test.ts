import { expect, it } from 'vitest';
import type { CommandToken } from '#lib/contracts/commands.ts';
import { printResult } from './print-result.ts';

async function printed(tokens: CommandToken[], duplicate: boolean): Promise<string> {
  let text = '';
  const print = async (line: string) => {
    text = line;
  };
  await printResult({ json: false, print }, { commandId: 'C-1', tokens, duplicate });
  return text;
}

it('says where the aggregates are that a command has written', async () => {
  const tokens = [
    { aggregateId: 'account#A', sequence: 2 },
    { aggregateId: 'account#B', sequence: 7 },
  ];
  expect(await printed(tokens, false)).toBe(
    'Done: A is at event 2, B is at event 7. Command id C-1',
  );
});

it('says so where nothing had to change', async () => {
  expect(await printed([], true)).toBe('Done before: nothing had to change. Command id C-1');
});
