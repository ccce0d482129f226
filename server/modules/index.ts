import type { Module } from '#server/runtime/module.ts';
import { bankModule } from './bank/module.ts';
import { crmModule } from './crm/module.ts';
import { projectsModule } from './projects/module.ts';
import { templatesModule } from './templates/module.ts';
import { usersModule } from './users/module.ts';

/** The modules of this program: the one list. */
export const MODULES: readonly Module[] = [
  bankModule,
  usersModule,
  templatesModule,
  crmModule,
  projectsModule,
];
