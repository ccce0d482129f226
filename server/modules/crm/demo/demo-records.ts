import type { JsonValue } from '#lib/modules/crm/json-value.ts';
import { toRecordId } from '#lib/modules/crm/record-id.ts';

/** A change of the demo: of which records, what, and how many days before the end. */
export type DemoChange = {
  readonly daysBefore: number;
  readonly entityName: 'Account' | 'Contract' | 'Opportunity' | 'Contact';
  readonly changeType: string;
  /** Several where Salesforce merged equal changes. */
  readonly of: readonly number[];
  readonly fields?: Readonly<Record<string, JsonValue>>;
};

const PREFIXES = { Account: '001', Contract: '800', Opportunity: '006', Contact: '003' } as const;

/** The id of the demo's nth record of a kind. */
export function toDemoRecordId(entityName: DemoChange['entityName'], index: number): string {
  const id = toRecordId(`${PREFIXES[entityName]}${String(index).padStart(12, '0')}`);
  if (id === undefined) {
    throw new Error(`The demo has no record ${index}.`);
  }
  return id;
}

const client = (index: number) => toDemoRecordId('Account', index);

const create = (
  daysBefore: number,
  entityName: DemoChange['entityName'],
  index: number,
  fields: Readonly<Record<string, JsonValue>>,
): DemoChange => ({ daysBefore, entityName, changeType: 'CREATE', of: [index], fields });

const update = (
  daysBefore: number,
  entityName: DemoChange['entityName'],
  of: readonly number[],
  fields: Readonly<Record<string, JsonValue>>,
): DemoChange => ({ daysBefore, entityName, changeType: 'UPDATE', of, fields });

/** Some clients with their contracts, deals and contacts, as Salesforce tells of them. */
export const DEMO_CHANGES: readonly DemoChange[] = [
  create(40, 'Account', 1, {
    Name: 'Aurora Records',
    Business_Type__c: 'Label;Publisher',
    Account_Status__c: 'Prospect',
    CurrencyIsoCode: 'EUR',
    BillingAddress: { Street: 'Torstraße 12', City: 'Berlin', Country: 'Germany' },
    Account_Priority__c: 'High',
  }),
  create(39, 'Account', 2, {
    Name: 'Blue Harbour Music',
    Business_Type__c: 'Publisher',
    Account_Status__c: 'Active',
    CurrencyIsoCode: 'GBP',
    BillingAddress: { City: 'Bristol', Country: 'United Kingdom' },
    SSO_ID_SR__c: 'sso-blue-harbour',
  }),
  create(38, 'Account', 3, {
    Name: 'Café Noir Éditions',
    Business_Type__c: 'Publisher;Sync',
    Account_Status__c: 'Active',
    CurrencyIsoCode: 'EUR',
    BillingAddress: { City: 'Lyon', Country: 'France' },
  }),
  create(37, 'Account', 4, {
    Name: 'Delta Sound',
    Account_Status__c: 'Prospect',
    CurrencyIsoCode: 'USD',
    ParentId: client(1),
    BillingAddress: { City: 'Memphis', State: 'Tennessee', Country: 'United States' },
  }),
  create(36, 'Account', 5, { Name: 'Echo & Söhne', Account_Status__c: 'Inactive' }),
  create(35, 'Contact', 1, {
    Name: { FirstName: 'Ines', LastName: 'Albrecht' },
    AccountId: client(1),
    Email: 'ines@aurora.example',
    Title: 'Managing director',
  }),
  create(34, 'Contact', 2, {
    Name: { FirstName: 'Tom', LastName: 'Okafor' },
    AccountId: client(2),
    Email: 'tom@harbour.example',
  }),
  create(33, 'Contact', 3, {
    Name: { FirstName: 'Chloé', LastName: 'Renard' },
    AccountId: client(3),
    MobilePhone: '+33 4 00 00 00 00',
  }),
  create(32, 'Opportunity', 1, {
    Name: 'Aurora: catalogue 2027',
    AccountId: client(1),
    StageName: 'Qualification',
    Amount: 48_000,
    CurrencyIsoCode: 'EUR',
    Probability: 20,
    CloseDate: '2027-03-31',
  }),
  create(31, 'Opportunity', 2, {
    Name: 'Blue Harbour: renewal',
    AccountId: client(2),
    StageName: 'Negotiation',
    Amount: 12_500.5,
    CurrencyIsoCode: 'GBP',
    Probability: 70,
    CloseDate: '2026-12-15',
  }),
  create(30, 'Contract', 1, {
    ContractNumber: '00000117',
    AccountId: client(2),
    Status: 'Draft',
    StartDate: '2026-01-01',
    ContractTerm: 24,
  }),
  create(29, 'Contract', 2, {
    ContractNumber: '00000118',
    AccountId: client(3),
    Status: 'Activated',
    StartDate: '2025-07-01',
    EndDate: '2027-06-30',
    ContractTerm: 24,
  }),
  update(26, 'Account', [1], { Account_Status__c: 'Active' }),
  update(25, 'Contact', [1, 2], { MailingAddress: { Country: 'Germany' } }),
  update(24, 'Account', [1, 3], { Account_Priority__c: 'Medium' }),
  update(20, 'Opportunity', [1], { StageName: 'Proposal', Probability: 50 }),
  update(18, 'Contract', [1], { Status: 'Activated', EndDate: '2027-12-31' }),
  update(16, 'Opportunity', [2], { StageName: 'Closed Won', IsClosed: true, IsWon: true }),
  update(14, 'Account', [4], { ParentId: null, Account_Status__c: 'Active' }),
  update(12, 'Contact', [3], { Title: 'Head of sync', Phone: '+33 4 11 11 11 11' }),
  { daysBefore: 10, entityName: 'Account', changeType: 'DELETE', of: [5] },
  update(8, 'Contract', [2], { EndDate: 'until further notice' }),
  { daysBefore: 6, entityName: 'Account', changeType: 'GAP_UPDATE', of: [3] },
  update(4, 'Account', [2], { BillingAddress: { City: 'Bath' }, Description: 'Moved in May.' }),
];
