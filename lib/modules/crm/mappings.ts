import type { EntityName } from './entities.ts';
import type { FieldMapping, MappedField } from './field-mapping.ts';

/** What every record has. */
const SYSTEM_FIELDS: readonly MappedField[] = [
  { name: 'is_deleted', from: ['IsDeleted'], type: 'boolean' },
  { name: 'last_modified_date', from: ['LastModifiedDate'], type: 'date-time' },
  { name: 'system_modified_stamp', from: ['SystemModstamp'], type: 'date-time' },
  { name: 'last_activity_date', from: ['LastActivityDate'], type: 'date' },
  { name: 'created_date', from: ['CreatedDate'], type: 'date-time' },
];

/** How each kind of record is normalised. Whoever changes one raises its version, and rebuilds its view. */
export const MAPPINGS: Readonly<Record<EntityName, FieldMapping>> = {
  Account: {
    version: 1,
    title: 'name',
    fields: [
      { name: 'id', from: ['Id'], type: 'text' },
      { name: 'name', from: ['Name'], type: 'text' },
      { name: 'parent_id', from: ['ParentId'], type: 'text' },
      { name: 'business_types', from: ['Business_Type__c'], type: 'list' },
      { name: 'status', from: ['Account_Status__c'], type: 'text' },
      { name: 'currency', from: ['CurrencyIsoCode'], type: 'text' },
      { name: 'billing_country', from: ['BillingCountry'], type: 'text' },
      { name: 'priority', from: ['Account_Priority__c'], type: 'text' },
      { name: 'sso_id', from: ['SSO_ID_Comp__c', 'SSO_ID_SR__c'], type: 'text' },
      { name: 'sso_id_c', from: ['SSO_ID_Comp__c'], type: 'text' },
      { name: 'sso_id_r', from: ['SSO_ID_SR__c'], type: 'text' },
      { name: 'description', from: ['Description'], type: 'text' },
      ...SYSTEM_FIELDS,
    ],
  },
  Contract: {
    version: 1,
    title: 'number',
    fields: [
      { name: 'id', from: ['Id'], type: 'text' },
      { name: 'number', from: ['ContractNumber'], type: 'text' },
      { name: 'client_id', from: ['AccountId'], type: 'text' },
      { name: 'status', from: ['Status'], type: 'text' },
      { name: 'currency', from: ['CurrencyIsoCode'], type: 'text' },
      { name: 'start_date', from: ['StartDate'], type: 'date' },
      { name: 'end_date', from: ['EndDate'], type: 'date' },
      { name: 'term_months', from: ['ContractTerm'], type: 'number' },
      { name: 'description', from: ['Description'], type: 'text' },
      ...SYSTEM_FIELDS,
    ],
  },
  Opportunity: {
    version: 1,
    title: 'name',
    fields: [
      { name: 'id', from: ['Id'], type: 'text' },
      { name: 'name', from: ['Name'], type: 'text' },
      { name: 'client_id', from: ['AccountId'], type: 'text' },
      { name: 'stage', from: ['StageName'], type: 'text' },
      { name: 'amount', from: ['Amount'], type: 'number' },
      { name: 'currency', from: ['CurrencyIsoCode'], type: 'text' },
      { name: 'probability', from: ['Probability'], type: 'number' },
      { name: 'close_date', from: ['CloseDate'], type: 'date' },
      { name: 'is_closed', from: ['IsClosed'], type: 'boolean' },
      { name: 'is_won', from: ['IsWon'], type: 'boolean' },
      { name: 'description', from: ['Description'], type: 'text' },
      ...SYSTEM_FIELDS,
    ],
  },
  Contact: {
    version: 1,
    title: 'last_name',
    fields: [
      { name: 'id', from: ['Id'], type: 'text' },
      { name: 'first_name', from: ['FirstName'], type: 'text' },
      { name: 'last_name', from: ['LastName', 'Name'], type: 'text' },
      { name: 'client_id', from: ['AccountId'], type: 'text' },
      { name: 'email', from: ['Email'], type: 'text' },
      { name: 'phone', from: ['Phone', 'MobilePhone'], type: 'text' },
      { name: 'title', from: ['Title'], type: 'text' },
      { name: 'mailing_country', from: ['MailingCountry'], type: 'text' },
      ...SYSTEM_FIELDS,
    ],
  },
};
