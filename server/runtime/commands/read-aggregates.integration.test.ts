import { afterAll, describe, expect, it } from 'vitest';
import { closeAccount } from '#server/modules/bank/commands/close-account.ts';
import { deposit } from '#server/modules/bank/commands/move-money.ts';
import { accountAggregate } from '#server/modules/bank/domain/account-aggregate.ts';
import { toAccountAggregateId } from '#server/modules/bank/domain/account-aggregate-id.ts';
import { runCommand } from '#server/runtime/commands/command.ts';
import { createTestDynamo } from '#server/testing/engines.ts';
import { loadAccount } from '#server/testing/load-account.ts';
import { createTestWriteSide } from '#server/testing/write-side.ts';
import type { CommandContext, ParsedCommand } from './command-context.ts';
import { reject } from './decision.ts';
import type { StateOf } from './state-of.ts';

const dynamo = await createTestDynamo();
const [here, elsewhere] = [createTestWriteSide(dynamo), createTestWriteSide(dynamo)];

afterAll(() => dynamo.close());

const statusIn = (stateOf: StateOf, accountId: string) =>
  stateOf(accountAggregate, toAccountAggregateId(accountId)).status;

/** Closes `accountId` unless `other` is closed, which it only reads: of two one stays open. */
function closeUnless(accountId: string, other: string): ParsedCommand {
  return {
    commandType: 'CloseUnless',
    payload: { accountId, other },
    aggregateIds: [accountId, other].map(toAccountAggregateId),
    decide: (timestamp, stateOf) =>
      [accountId, other].some((id) => statusIn(stateOf, id) !== 'open')
        ? reject('ACCOUNT_CLOSED', 'One of the two is closed.')
        : {
            kind: 'accepted',
            timestamp,
            events: new Map([
              [
                toAccountAggregateId(accountId),
                [{ eventType: 'AccountClosed', eventData: { reason: other } }],
              ],
              [toAccountAggregateId(other), []],
            ]),
          },
  };
}

/** Asks for an account to be open, and changes nothing. */
function requireOpen(accountId: string): ParsedCommand {
  return {
    commandType: 'RequireOpen',
    payload: { accountId },
    aggregateIds: [toAccountAggregateId(accountId)],
    decide: (timestamp, stateOf) =>
      statusIn(stateOf, accountId) === 'open'
        ? { kind: 'accepted', timestamp, events: new Map() }
        : reject('ACCOUNT_CLOSED', 'It is closed.'),
  };
}

const run = (ctx: CommandContext, command: ParsedCommand) => ctx.handler.execute(ctx, command);
const openTwo = () => Promise.all([here.openFresh(), here.openFresh()]);
const statusOf = async (accountId: string) =>
  (await loadAccount(here.store, accountId)).state.status;

describe('an account that a command reads and does not write', () => {
  it('is decided on anew when another process has written to it since', async () => {
    const [a, b] = await openTwo();
    // Here b is remembered as open.
    await runCommand(here.context(), deposit, { accountId: b, amount: '1', currency: 'EUR' });
    await run(elsewhere.context(), closeUnless(b, a)).catch(() => {});
    expect(await statusOf(b)).toBe('closed');
    await expect(run(here.context(), closeUnless(a, b))).rejects.toMatchObject({
      code: 'ACCOUNT_CLOSED',
    });
    expect(await statusOf(a)).toBe('open');
  });

  it('is still what it was when the write lands, however many race', async () => {
    const pairs = await Promise.all(Array.from({ length: 30 }, openTwo));
    const results = await Promise.all(
      pairs.flatMap(([a, b]) => [
        run(here.context(), closeUnless(a, b)).catch(({ code }) => code),
        run(elsewhere.context(), closeUnless(b, a)).catch(({ code }) => code),
      ]),
    );
    expect(results.filter((result) => result === 'ACCOUNT_CLOSED')).toHaveLength(30);
    for (const [a, b] of pairs) {
      expect([await statusOf(a), await statusOf(b)].sort()).toEqual(['closed', 'open']);
    }
  });

  it('gets no event, and no place in the answer', async () => {
    const [a, b] = await openTwo();
    const { tokens } = await run(here.context(), closeUnless(a, b));
    expect(tokens).toEqual([{ aggregateId: `account#${a}`, sequence: 2 }]);
    expect(await here.store.read(`account#${b}`)).toHaveLength(1);
  });

  it('may be one that does not exist, until it does', async () => {
    const a = await here.openFresh();
    const b = `${a}-B`;
    const openBefore: ParsedCommand = {
      ...closeUnless(a, b),
      decide: (timestamp, stateOf) =>
        statusIn(stateOf, b) === 'unopened'
          ? {
              kind: 'accepted',
              timestamp,
              events: new Map([
                [toAccountAggregateId(a), [{ eventType: 'AccountClosed', eventData: {} }]],
              ]),
            }
          : reject('ACCOUNT_NUMBER_TAKEN', 'It exists.'),
    };
    expect(await run(here.context(), openBefore)).toMatchObject({ duplicate: false });
    expect(await statusOf(a)).toBe('closed');
  });
});

describe('a command that is accepted and changes nothing', () => {
  it('has a record, no event, and the same answer when it is sent again', async () => {
    const accountId = await here.openFresh();
    const ctx = here.context();
    const first = await run(ctx, requireOpen(accountId));
    expect(first).toEqual({ commandId: ctx.commandId, tokens: [], duplicate: false });
    expect(await here.store.getCommand(ctx.commandId)).toMatchObject({
      commandType: 'RequireOpen',
      tokens: [],
    });
    expect(await here.store.read(`account#${accountId}`)).toHaveLength(1);

    await runCommand(here.context(), closeAccount, { accountId });
    for (const side of [here, elsewhere]) {
      const again = side.context({ commandId: ctx.commandId });
      expect(await run(again, requireOpen(accountId))).toEqual({ ...first, duplicate: true });
    }
    await expect(run(ctx, requireOpen(`${accountId}-B`))).rejects.toMatchObject({
      code: 'COMMAND_ID_REUSED',
    });
  });

  it('is decided on what it reads as it is now', async () => {
    const accountId = await here.openFresh();
    await runCommand(elsewhere.context(), closeAccount, { accountId });
    await expect(run(here.context(), requireOpen(accountId))).rejects.toMatchObject({
      code: 'ACCOUNT_CLOSED',
    });
  });

  it('may decide on nothing at all', async () => {
    const ctx = here.context();
    const nothing: ParsedCommand = {
      commandType: 'Nothing',
      payload: {},
      aggregateIds: [],
      decide: (timestamp) => ({ kind: 'accepted', timestamp, events: new Map() }),
    };
    expect(await run(ctx, nothing)).toMatchObject({ tokens: [], duplicate: false });
    expect(await run(ctx, nothing)).toMatchObject({ tokens: [], duplicate: true });
  });
});
