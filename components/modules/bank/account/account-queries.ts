import { aggregateKey, type Source } from '#components/console/aggregate/aggregate-queries.ts';
import { ApiError, type ApiParams, fetchApi } from '#components/ui/api-client.ts';
import { toAggregateId } from '#lib/aggregate-id.ts';
import { type AccountAnswer, accountAnswerSchema } from '#lib/modules/bank/queries.ts';

/** Where the header's account is read: the read model, or the event store's fold. */
export const CONSISTENCIES = ['eventual', 'strong'] as const;
export type Consistency = (typeof CONSISTENCIES)[number];

/** The projections that this page shows. */
export const PROJECTIONS = ['accounts', 'account-summaries', 'transactions'] as const;

/** The cache key of what this page shows from a source, or keeps. */
export function accountKey(accountId: string, part: Source, ...rest: readonly unknown[]) {
  return aggregateKey(toAggregateId('account', accountId), part, ...rest);
}

/** The account, and the reason when it was read elsewhere than asked for. */
export type AccountView = AccountAnswer & { readonly fallback: string | null };

/** The path of an account's part in the API: "/api/accounts/CZ1/ledger". */
export function accountPath(accountId: string, part = ''): string {
  return `/api/accounts/${encodeURIComponent(accountId)}${part && `/${part}`}`;
}

/**
 * The account as asked for. Where the read model cannot say (PostgreSQL is down, or the projection
 * has not come to the account's opening yet), the event store does. Throws ApiError.
 */
export async function fetchAccount(
  accountId: string,
  consistency: Consistency,
  signal?: AbortSignal,
): Promise<AccountView> {
  try {
    return await ask(accountId, { consistency }, signal);
  } catch (error) {
    const reason = consistency === 'eventual' ? reasonToFold(error) : undefined;
    if (reason === undefined) {
      throw error;
    }
    const folded = await ask(accountId, { consistency: 'strong' }, signal);
    return { ...folded, fallback: reason };
  }
}

/** The account from the read model, once that holds event `sequence`. Throws ApiError. */
export function awaitAccount(accountId: string, sequence: number): Promise<AccountView> {
  return ask(accountId, { consistency: 'wait', sequence });
}

async function ask(
  accountId: string,
  params: ApiParams,
  signal?: AbortSignal,
): Promise<AccountView> {
  const path = accountPath(accountId);
  return { ...(await fetchApi(accountAnswerSchema, path, { params, signal })), fallback: null };
}

function reasonToFold(error: unknown): string | undefined {
  if (!(error instanceof ApiError)) {
    return undefined;
  }
  if (error.code === 'ACCOUNT_NOT_FOUND') {
    return 'The read model does not have this account yet, so this is folded from the event store.';
  }
  return error.status >= 500
    ? `${error.message} This is folded from the event store instead.`
    : undefined;
}
