/**
 * The rules of accounts and of proposed transfers that a request can break, by literal code, each with the
 * HTTP status that tells it to a program. A new one is declared here, and nowhere else.
 */
export const ACCOUNT_REJECTIONS = {
  INVALID_AMOUNT: 400,
  ACCOUNT_NOT_FOUND: 404,
  ACCOUNT_NUMBER_TAKEN: 409,
  ACCOUNT_CLOSED: 409,
  CURRENCY_MISMATCH: 409,
  OVERDRAFT_LIMIT_EXCEEDED: 409,
  BALANCE_LIMIT_EXCEEDED: 409,
  BALANCE_NOT_ZERO: 409,
  SAME_ACCOUNT: 409,
  AMOUNT_LIMIT: 409,
  FOUR_EYES: 403,
  PROPOSAL_EXPIRED: 409,
  TRANSFER_NOT_FOUND: 404,
  TRANSFER_DECIDED: 409,
  TRANSFER_ID_TAKEN: 409,
  TIME_BEFORE_LAST_EVENT: 409,
  TIME_IN_FUTURE: 409,
} as const;

type AccountRejections = typeof ACCOUNT_REJECTIONS;

declare module '#lib/playhead-error.ts' {
  interface Rejections extends AccountRejections {}
}
