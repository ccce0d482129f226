/** An account of the demo bank; amounts are in whole units of the currency (euros, not cents). */
export type DemoAccount = {
  readonly number: string;
  readonly owner: string;
  readonly currency: string;
  readonly overdraftLimit: number;
  /** Paid in on the day of the opening. */
  readonly firstDeposit: number;
  readonly isClosed?: boolean;
};

/** Invented people and firms of an invented bank; the numbers have right check digits. */
export const DEMO_ACCOUNTS = {
  anna: {
    number: 'DE87500100990001120934',
    owner: 'Anna Lindqvist',
    currency: 'EUR',
    overdraftLimit: 500,
    firstDeposit: 1_840,
  },
  jonas: {
    number: 'DE18500100990002048817',
    owner: 'Jonas Weber',
    currency: 'EUR',
    overdraftLimit: 1_000,
    firstDeposit: 920,
  },
  jonasOld: {
    number: 'DE71500100990003390052',
    owner: 'Jonas Weber (savings)',
    currency: 'EUR',
    overdraftLimit: 0,
    firstDeposit: 1_250,
    isClosed: true,
  },
  cafe: {
    number: 'DE40500100990004471190',
    owner: 'Café Morgenrot GmbH',
    currency: 'EUR',
    overdraftLimit: 10_000,
    firstDeposit: 12_500,
  },
  landlord: {
    number: 'DE49500100990005107736',
    owner: 'Atelier Nord Immobilien KG',
    currency: 'EUR',
    overdraftLimit: 0,
    firstDeposit: 48_000,
  },
  tomas: {
    number: 'CZ6809900000192000145399',
    owner: 'Tomáš Dvořák',
    currency: 'CZK',
    overdraftLimit: 10_000,
    firstDeposit: 22_400,
  },
  eva: {
    number: 'CZ0409900000002871063340',
    owner: 'Eva Nováková',
    currency: 'CZK',
    overdraftLimit: 25_000,
    firstDeposit: 6_100,
  },
  bakery: {
    number: 'CZ1409900000430017662105',
    owner: 'Pekárna U Lípy s.r.o.',
    currency: 'CZK',
    overdraftLimit: 150_000,
    firstDeposit: 310_000,
  },
  maria: {
    number: 'US-4471-0093-2178',
    owner: 'Maria González',
    currency: 'USD',
    overdraftLimit: 300,
    firstDeposit: 2_650,
  },
  harbor: {
    number: 'US-4471-0118-9035',
    owner: 'Harbor & Pine LLC',
    currency: 'USD',
    overdraftLimit: 20_000,
    firstDeposit: 64_000,
  },
  hanako: {
    number: 'JP-0017-3321-1046',
    owner: '佐藤 花子 (Hanako Sato)',
    currency: 'JPY',
    overdraftLimit: 0,
    firstDeposit: 386_000,
  },
  noura: {
    number: 'KW30PLAY0000000000274100385512',
    owner: 'Noura Al-Mutairi',
    currency: 'KWD',
    overdraftLimit: 250,
    firstDeposit: 1_975,
  },
} satisfies Record<string, DemoAccount>;

export type DemoAccountKey = keyof typeof DEMO_ACCOUNTS;
