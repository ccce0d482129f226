import { defineRowView } from '#server/runtime/views/row-view.ts';
import { projectAggregate } from '../../domain/project-aggregate.ts';
import { evolveProjectsRow } from './projects-fold.ts';
import { projectsIn } from './projects-table.ts';

/** Every project, for lists and for its own page. */
export const projectsView = defineRowView({
  name: 'projects',
  version: 1,
  aggregate: projectAggregate,
  table: projectsIn,
  evolve: evolveProjectsRow,
});
