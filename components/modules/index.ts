import type { ConsoleModule } from '#components/console/console-module.ts';
import { bankConsole } from './bank/bank-console.ts';
import { crmConsole } from './crm/crm-console.ts';
import { projectsConsole } from './projects/projects-console.ts';
import { templatesConsole } from './templates/templates-console.ts';
import { usersConsole } from './users/users-console.ts';

/** The modules of this console: the one list. */
export const CONSOLE_MODULES: readonly ConsoleModule[] = [
  bankConsole,
  usersConsole,
  templatesConsole,
  crmConsole,
  projectsConsole,
];
