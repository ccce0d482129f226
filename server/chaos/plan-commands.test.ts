import { expect, it } from 'vitest';
import { parseInput } from '#server/runtime/commands/parse-input.ts';
import { createRandom } from '#server/runtime/platform/random.ts';
import { FULL_REGISTRY } from '#server/testing/registry.ts';
import { commandOf } from './callers.ts';
import { CHAOS_DOMAINS } from './domains/index.ts';
import { FIRST_COMMANDS, planCommands } from './plan-commands.ts';

/** As many as a run of three minutes sends. */
const COUNT = 7_000;

function take(seed = 3) {
  const plan = planCommands(createRandom(seed), 'P');
  return Array.from({ length: COUNT }, () => plan.next().value);
}

it('plans the same commands for the same seed, each with an id of its own', () => {
  expect(take()).toEqual(take());
  expect(take(4)).not.toEqual(take());
  expect(new Set(take().map(({ commandId }) => commandId)).size).toBe(COUNT);
});

it('plans for every module, all commands that it registers, as their schemas take them', () => {
  expect(CHAOS_DOMAINS.map(({ module }) => module)).toEqual(
    FULL_REGISTRY.modules.map(({ name }) => name),
  );
  const planned = take();
  expect(new Set(planned.map(({ type }) => type))).toEqual(new Set(FULL_REGISTRY.commands.keys()));
  for (const command of planned) {
    const { schema } = commandOf(FULL_REGISTRY, command);
    expect(() => parseInput(schema, command.input)).not.toThrow();
    expect(JSON.parse(JSON.stringify(command.input))).toEqual(command.input);
  }
});

it('begins something in each module first, and lets nothing race with that', () => {
  const first = take().slice(0, FIRST_COMMANDS);
  expect(new Set(first.map(({ module }) => module)).size).toBe(CHAOS_DOMAINS.length);
  expect(first.filter(({ isRacing }) => isRacing)).toEqual([]);
});

it('lets two users race for an address, and projects with the end of their template', () => {
  const planned = take();
  const races = planned.flatMap(({ isRacing, type }, index) =>
    isRacing ? [`${planned[index - 1]?.type} with ${type}`] : [],
  );
  expect(races).toEqual(
    expect.arrayContaining([
      'RegisterUser with RegisterUser',
      'UpdateUserProfile with UpdateUserProfile',
      'CreateProject with DeprecateTemplate',
      'DeprecateTemplate with CreateProject',
    ]),
  );
});
