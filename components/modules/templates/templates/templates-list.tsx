import type { ListSpec } from '#components/console/list/list-spec.ts';
import { TroubleMark } from '#components/console/system/trouble-mark.tsx';
import { StatusBadge } from '#components/ui/status-badge.tsx';
import { Time } from '#components/ui/time.tsx';
import type { Tone } from '#components/ui/tone.ts';
import { formatCount } from '#lib/count-format.ts';
import { type UsedTemplateRow, usedCatalogPageSchema } from '#lib/modules/templates/queries.ts';
import { toTemplateAggregateId } from '#lib/modules/templates/template-state.ts';

const STATES: Readonly<
  Record<UsedTemplateRow['state'], { readonly text: string; readonly tone: Tone }>
> = {
  unvalidated: { text: 'Not validated', tone: 'warn' },
  valid: { text: 'Valid', tone: 'good' },
  invalid: { text: 'Invalid', tone: 'bad' },
  deprecated: { text: 'Deprecated', tone: 'neutral' },
};

/** The catalog; a column's id is the name that the API sorts by. */
export const TEMPLATES_LIST: ListSpec<UsedTemplateRow> = {
  title: 'Templates',
  subtitle: 'Every template, as the “template-catalog” projection has it',
  noun: 'template',
  projection: 'template-catalog',
  otherProjections: ['template-usage'],
  path: '/api/templates',
  schema: usedCatalogPageSchema,
  firstOrder: { sort: 'name', dir: 'asc' },
  movingSorts: ['changedAt'],
  facets: [
    {
      name: 'state',
      label: 'Status',
      toText: (value) =>
        Object.entries(STATES).find(([state]) => state === value)?.[1].text ?? value,
    },
    { name: 'tag', label: 'Tag' },
  ],
  searchPlaceholder: 'Search names, descriptions and tags',
  toKey: ({ templateId }) => templateId,
  toHref: ({ templateId }) => `/templates/${encodeURIComponent(templateId)}`,
  columns: [
    {
      id: 'name',
      header: 'Name',
      firstSort: 'asc',
      toText: ({ name }) => name,
    },
    {
      id: 'templateId',
      header: 'Template id',
      cell: ({ templateId }) => <code>{templateId}</code>,
      toText: ({ templateId }) => templateId,
    },
    {
      id: 'format',
      header: 'Kind',
      cell: ({ format }) => format.toUpperCase(),
      small: 'hidden',
      toText: ({ format }) => format,
    },
    {
      id: 'newestVersion',
      header: 'Newest version',
      cell: ({ newestVersion }) => `Version ${formatCount(newestVersion)}`,
      toText: ({ newestVersion }) => `${newestVersion}`,
    },
    {
      id: 'state',
      header: 'Status',
      cell: ({ templateId, state }) => (
        <>
          <StatusBadge tone={STATES[state].tone}>{STATES[state].text}</StatusBadge>{' '}
          <TroubleMark aggregateId={toTemplateAggregateId(templateId)} />
        </>
      ),
      small: 'figure',
      toText: ({ state }) => state,
    },
    {
      id: 'changedAt',
      header: 'Last change',
      cell: ({ changedAt }) => <Time iso={changedAt} />,
      firstSort: 'desc',
      toText: ({ changedAt }) => changedAt,
    },
    {
      id: 'projects',
      header: 'Projects',
      cell: ({ projects }) => formatCount(projects),
      align: 'end',
      toText: ({ projects }) => `${projects}`,
    },
  ],
};
