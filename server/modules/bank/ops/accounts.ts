import { asc, gt } from 'drizzle-orm';
import { z } from 'zod';
import { formatAmount } from '#lib/money.ts';
import { defineOpsCommand } from '#server/runtime/ops/ops-command.ts';
import { toJson, toTable } from '#server/runtime/ops/output.ts';
import type { Db } from '#server/runtime/platform/postgres.ts';
import { accounts } from '../views/accounts/accounts-table.ts';

const PAGE_SIZE = 1_000;

/** `accounts`: every account, from the read model. */
export const accountsCommand = defineOpsCommand({
  usage: 'accounts',
  summary: 'every account with its balance, from the read model',
  details: `With --json, one object per line and account, by account id: accountId, number, owner, currency,
balance (minor units, a string), status, version (the event sequence that the row holds).`,
  input: z.object({}),
  run: async ({ db }, _input, io) => {
    for await (const page of readAccounts(db)) {
      if (io.signal.aborted) {
        break;
      }
      if (io.json) {
        await io.print(page.map(toJson).join('\n'));
      } else {
        const rows = page.map(({ number, owner, balance, currency, status, version }) => [
          number,
          owner,
          formatAmount(balance, currency),
          currency,
          status,
          `${version}`,
        ]);
        await io.print(
          toTable(['number', 'owner', 'balance', 'currency', 'status', 'version'], rows),
        );
      }
    }
    return 0;
  },
});

/** Pages in the order of the account ids; an empty bank has none. */
async function* readAccounts(db: Db) {
  const { accountId, number, owner, currency, balance, status, version } = accounts;
  for (let after = ''; ; ) {
    const page = await db
      .select({ accountId, number, owner, currency, balance, status, version })
      .from(accounts)
      .where(gt(accountId, after))
      .orderBy(asc(accountId))
      .limit(PAGE_SIZE);
    const last = page.at(-1);
    if (last === undefined) {
      return;
    }
    yield page;
    after = last.accountId;
  }
}
