import { bankDomain } from './bank/bank-domain.ts';
import type { ChaosDomain } from './chaos-domain.ts';
import { crmDomain } from './crm/crm-domain.ts';
import { projectsDomain } from './projects/projects-domain.ts';
import { templatesDomain } from './templates/templates-domain.ts';
import { usersDomain } from './users/users-domain.ts';

/** The load's part of every module: a module that has none is found by `plan-commands.test.ts`. */
export const CHAOS_DOMAINS: readonly ChaosDomain[] = [
  bankDomain,
  usersDomain,
  templatesDomain,
  crmDomain,
  projectsDomain,
];
