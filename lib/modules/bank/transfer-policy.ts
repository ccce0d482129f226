import { currencyDigits } from '../../currencies.ts';

/** What the policy says of amounts in one currency. */
type Limits = {
  /** From this amount on, another actor approves a transfer before it is booked. */
  readonly fourEyesFrom: bigint;
  /** What a single deposit, withdrawal or transfer moves at most. */
  readonly most: bigint;
};

/** In whole units of the currency: about the same value in each. */
const LIMITS: ReadonlyMap<string, Limits> = new Map([
  ['EUR', { fourEyesFrom: 10_000n, most: 1_000_000n }],
  ['USD', { fourEyesFrom: 10_000n, most: 1_000_000n }],
  ['GBP', { fourEyesFrom: 10_000n, most: 1_000_000n }],
  ['CHF', { fourEyesFrom: 10_000n, most: 1_000_000n }],
  ['CZK', { fourEyesFrom: 250_000n, most: 25_000_000n }],
  ['PLN', { fourEyesFrom: 40_000n, most: 4_000_000n }],
  ['JPY', { fourEyesFrom: 1_500_000n, most: 150_000_000n }],
  ['KWD', { fourEyesFrom: 3_000n, most: 300_000n }],
]);

/** Of every other currency, whose unit may be worth much or next to nothing: asked early, refused late. */
const OTHER_LIMITS: Limits = { fourEyesFrom: 10_000n, most: 1_000_000_000n };

/** For how many days a proposed transfer can be approved. */
const PROPOSAL_DAYS = 7;

/** The limits of an ISO 4217 currency, in its minor units. */
export function limitsOf(currency: string): Limits {
  const { fourEyesFrom, most } = LIMITS.get(currency) ?? OTHER_LIMITS;
  const unit = 10n ** BigInt(currencyDigits(currency));
  return { fourEyesFrom: fourEyesFrom * unit, most: most * unit };
}

/** Whether another actor must approve a transfer of this amount, in minor units of its currency. */
export function needsFourEyes(amount: bigint, currency: string): boolean {
  return amount >= limitsOf(currency).fourEyesFrom;
}

/** From when on a transfer that was proposed at `proposedAt` can no longer be approved; both ISO 8601 in UTC. */
export function expiryOf(proposedAt: string): string {
  return new Date(Date.parse(proposedAt) + PROPOSAL_DAYS * 86_400_000).toISOString();
}
