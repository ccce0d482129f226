/** A kind of record that is kept: what Salesforce calls it, and what it is called here. */
export type CrmEntity = {
  /** In change events and the REST API. */
  readonly entityName: string;
  /** The type of its aggregates: `crm-account#001…`. */
  readonly aggregateType: string;
  /** The name of its view, and of its routes: `crm-clients`. */
  readonly viewName: string;
  readonly noun: string;
  readonly plural: string;
  /** The plural as a heading. */
  readonly title: string;
};

/** Every kind of record that is kept. */
export const CRM_ENTITIES = [
  {
    entityName: 'Account',
    aggregateType: 'crm-account',
    viewName: 'crm-clients',
    noun: 'client',
    plural: 'clients',
    title: 'Clients',
  },
  {
    entityName: 'Contract',
    aggregateType: 'crm-contract',
    viewName: 'crm-contracts',
    noun: 'contract',
    plural: 'contracts',
    title: 'Contracts',
  },
  {
    entityName: 'Opportunity',
    aggregateType: 'crm-opportunity',
    viewName: 'crm-deals',
    noun: 'deal',
    plural: 'deals',
    title: 'Deals',
  },
  {
    entityName: 'Contact',
    aggregateType: 'crm-contact',
    viewName: 'crm-contacts',
    noun: 'contact',
    plural: 'contacts',
    title: 'Contacts',
  },
] as const satisfies readonly CrmEntity[];

export type EntityName = (typeof CRM_ENTITIES)[number]['entityName'];

/** The kind of record that Salesforce calls so; undefined for one that is not kept. */
export function findEntity(entityName: string): (typeof CRM_ENTITIES)[number] | undefined {
  return CRM_ENTITIES.find((entity) => entity.entityName === entityName);
}

/** The kind of record that pages and routes call so: “clients”. */
export function findEntityOf(plural: string): (typeof CRM_ENTITIES)[number] | undefined {
  return CRM_ENTITIES.find((entity) => entity.plural === plural);
}
