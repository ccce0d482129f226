import type { ChaosDomain } from '../chaos-domain.ts';
import { FIRST_CHANGES, planCrmCommands } from './plan-crm-commands.ts';

/** Change events of the CRM under load. */
export const crmDomain: ChaosDomain = {
  module: 'crm',
  beginnings: FIRST_CHANGES,
  weight: 10,
  plan: planCrmCommands,
  reads: [],
};
