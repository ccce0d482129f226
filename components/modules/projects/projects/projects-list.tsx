import type { ListSpec } from '#components/console/list/list-spec.ts';
import { TroubleMark } from '#components/console/system/trouble-mark.tsx';
import { StatusBadge } from '#components/ui/status-badge.tsx';
import { Time } from '#components/ui/time.tsx';
import { toAggregateId } from '#lib/aggregate-id.ts';
import { formatCount } from '#lib/count-format.ts';
import { type ProjectRow, projectsPageSchema } from '#lib/modules/projects/queries.ts';

const toStatus = (status: string) => (status === 'active' ? 'Active' : 'Archived');

/** The list of projects; a column's id is the name that the API sorts by. */
export const PROJECTS_LIST: ListSpec<ProjectRow> = {
  title: 'Projects',
  subtitle: 'Every project, as the “projects” projection has it',
  noun: 'project',
  projection: 'projects',
  path: '/api/projects',
  schema: projectsPageSchema,
  firstOrder: { sort: 'changedAt', dir: 'desc' },
  movingSorts: ['changedAt', 'services'],
  facets: [
    { name: 'status', label: 'Status', toText: toStatus },
    { name: 'template', label: 'Template', toText: (template) => template || 'None' },
    { name: 'kind', label: 'Service kind' },
  ],
  searchPlaceholder: 'Search names, ids and descriptions',
  toKey: ({ projectId }) => projectId,
  toHref: ({ projectId }) => `/projects/${encodeURIComponent(projectId)}`,
  columns: [
    {
      id: 'name',
      header: 'Name',
      firstSort: 'asc',
      toText: ({ name }) => name,
    },
    {
      id: 'projectId',
      header: 'Project id',
      cell: ({ projectId }) => <code>{projectId}</code>,
      toText: ({ projectId }) => projectId,
    },
    {
      id: 'status',
      header: 'Status',
      cell: ({ projectId, status }) => (
        <>
          <StatusBadge tone={status === 'active' ? 'good' : 'neutral'}>
            {toStatus(status)}
          </StatusBadge>{' '}
          <TroubleMark aggregateId={toAggregateId('project', projectId)} />
        </>
      ),
      toText: ({ status }) => status,
    },
    {
      id: 'template',
      header: 'Template',
      cell: ({ templateId, templateVersion }) =>
        templateId === null ? '–' : `${templateId}, version ${templateVersion ?? 'unknown'}`,
      small: 'hidden',
      toText: ({ templateId }) => templateId ?? '',
    },
    {
      id: 'changedAt',
      header: 'Last change',
      cell: ({ changedAt }) => <Time iso={changedAt} />,
      firstSort: 'desc',
      toText: ({ changedAt }) => changedAt,
    },
    {
      id: 'services',
      header: 'Services',
      cell: ({ services }) => formatCount(services),
      firstSort: 'desc',
      small: 'figure',
      align: 'end',
      toText: ({ services }) => `${services}`,
    },
  ],
};
