import { describe, expect, it } from 'vitest';
import { usersModule } from '../module.ts';
import { planDemoUsers } from './plan-demo-users.ts';

const endsAt = '2026-05-14T13:37:00.000Z';
const commands = planDemoUsers(endsAt);

describe('the demo’s users', () => {
  it('are the same every time, and shift with the day', () => {
    expect(planDemoUsers(endsAt)).toEqual(commands);
    const nextDay = planDemoUsers('2026-05-15T13:37:00.000Z');
    const withoutTime = ({ at, ...rest }: (typeof commands)[number]) => rest;
    expect(nextDay.map(withoutTime)).toEqual(commands.map(withoutTime));
    expect(nextDay).not.toEqual(commands);
  });

  it('are twelve, by commands with ids and times of their own before the end', () => {
    const types = commands.map(({ type }) => type);
    expect(types.filter((type) => type === 'RegisterUser')).toHaveLength(12);
    expect(new Set(types).size).toBe(4);
    expect(new Set(commands.map(({ commandId }) => commandId)).size).toBe(commands.length);
    const times = commands.map(({ at }) => at);
    expect(new Set(times).size).toBe(times.length);
    expect(times.every((at) => at < endsAt)).toBe(true);
  });

  it.each(commands)('$commandId is a command of the module', ({ type, input }) => {
    const command = usersModule.commands.find((each) => each.type === type);
    expect(command?.schema.safeParse(input)).toMatchObject({ success: true });
  });
});
