import type { DemoAccountKey } from './demo-accounts.ts';

/** A movement that comes again and again; amounts are in whole units of the account's currency. */
export type DemoHabit = {
  readonly account: DemoAccountKey;
  readonly kind: 'deposit' | 'withdraw' | { readonly transferTo: DemoAccountKey };
  /** On which days: so many days ago, or any day with this probability. */
  readonly days: readonly number[] | number;
  /** Between which hours, UTC. */
  readonly hours: readonly [number, number];
  /** From, to; the same twice for a fixed one. */
  readonly amount: readonly [number, number];
  readonly description: string;
  readonly counterparty?: string;
};

const SHOPPING: DemoHabit[] = [
  ...shops('anna', 0.34, [9, 74], ['REWE Südstadt', 'Groceries'], ['Buchhandlung Kranz', 'Books']),
  ...shops('jonas', 0.3, [6, 58], ['Edeka Hafenstraße', 'Groceries'], ['DB Fernverkehr', 'Train']),
  ...shops('tomas', 0.3, [120, 1_450], ['Albert Vinohrady', 'Groceries'], ['Lékárna', 'Pharmacy']),
  ...shops('eva', 0.36, [90, 1_600], ['Billa Karlín', 'Groceries'], ['Kino Aero', 'Cinema']),
  ...shops('maria', 0.32, [7, 88], ['Trader’s Corner', 'Groceries'], ['Metro Transit', 'Fare']),
  ...shops(
    'hanako',
    0.34,
    [480, 7_900],
    ['セブン 渋谷', 'Convenience store'],
    ['JR 東日本', 'Rail'],
  ),
  ...shops('noura', 0.26, [2, 31], ['Souq Sharq Market', 'Groceries'], ['Avenues Café', 'Coffee']),
];

const TAKINGS: DemoHabit[] = [
  takings('cafe', 0.8, [310, 890], 'Card takings', 'Kartenabrechnung'),
  takings('bakery', 0.75, [8_200, 19_400], 'Card takings', 'Platební terminál'),
  takings('harbor', 0.3, [1_400, 6_800], 'Invoice paid', 'Customer'),
];

const MONTHLY: DemoHabit[] = [
  monthly('cafe', { transferTo: 'jonas' }, [39, 9], 2_310, 'Salary'),
  monthly('anna', 'deposit', [38, 8], 2_980, 'Salary', 'Nordlicht Software AG'),
  monthly('anna', { transferTo: 'landlord' }, [36, 6], 865, 'Rent, 3rd floor left'),
  monthly('jonas', { transferTo: 'landlord' }, [36, 6], 720, 'Rent, 1st floor right'),
  monthly('cafe', { transferTo: 'landlord' }, [36, 6], 2_400, 'Rent, ground floor'),
  monthly('cafe', 'withdraw', [33, 19, 5], 1_180, 'Coffee beans', 'Rösterei Talblick'),
  monthly('landlord', 'withdraw', [30, 1], 6_240, 'Loan instalment', 'Hausbank'),
  monthly('bakery', { transferTo: 'tomas' }, [40, 10], 34_500, 'Salary'),
  monthly('bakery', { transferTo: 'eva' }, [40, 10], 31_200, 'Salary'),
  monthly('bakery', 'withdraw', [35, 21, 7], 41_800, 'Flour', 'Mlýn Perner'),
  monthly('tomas', 'withdraw', [37, 7], 14_900, 'Rent', 'SVJ Mánesova 12'),
  monthly('eva', 'withdraw', [37, 7], 16_300, 'Rent', 'SVJ Sokolovská 77'),
  monthly('eva', 'withdraw', [4], 21_900, 'Car repair', 'Autoservis Holub'),
  monthly('tomas', { transferTo: 'eva' }, [24, 13], 800, 'Concert tickets'),
  monthly('harbor', { transferTo: 'maria' }, [42, 28, 14], 1_615, 'Payroll'),
  monthly('maria', 'withdraw', [37, 7], 1_420, 'Rent', 'Lakeview Apartments'),
  monthly('harbor', 'withdraw', [32, 18, 2], 3_900, 'Lumber', 'Cascade Mills'),
  monthly('hanako', 'deposit', [35, 5], 284_000, 'Salary', '株式会社みなと'),
  monthly('hanako', 'withdraw', [34, 4], 96_000, 'Rent', '東急住宅'),
  monthly('noura', 'deposit', [38, 8], 1_350, 'Salary', 'Gulf Data Services'),
  monthly('noura', 'withdraw', [33, 3], 420, 'Rent', 'Salmiya Residences'),
  monthly('jonas', { transferTo: 'anna' }, [26, 12], 45, 'Dinner, thanks!'),
  monthly('jonasOld', 'deposit', [20], 12, 'Interest', 'Playhead Bank'),
  monthly('jonasOld', { transferTo: 'jonas' }, [9], 1_262, 'Closing the savings account'),
];

export const DEMO_HABITS: readonly DemoHabit[] = [...MONTHLY, ...TAKINGS, ...SHOPPING];

function shops(
  account: DemoAccountKey,
  chance: number,
  amount: readonly [number, number],
  ...places: (readonly [counterparty: string, description: string])[]
): DemoHabit[] {
  return places.map(([counterparty, description]) => ({
    account,
    kind: 'withdraw',
    days: chance,
    hours: [9, 20],
    amount,
    description,
    counterparty,
  }));
}

function takings(
  account: DemoAccountKey,
  chance: number,
  amount: readonly [number, number],
  description: string,
  counterparty: string,
): DemoHabit {
  return {
    account,
    kind: 'deposit',
    days: chance,
    hours: [17, 20],
    amount,
    description,
    counterparty,
  };
}

function monthly(
  account: DemoAccountKey,
  kind: DemoHabit['kind'],
  days: readonly number[],
  amount: number,
  description: string,
  counterparty?: string,
): DemoHabit {
  return {
    account,
    kind,
    days,
    hours: [6, 9],
    amount: [amount, amount],
    description,
    ...(counterparty === undefined ? {} : { counterparty }),
  };
}
