'use client';

import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import Link from 'next/link';
import { z } from 'zod';
import { CommandButton } from '#components/console/commands/command-button.tsx';
import type { IssueCommand } from '#components/console/commands/command-form.tsx';
import type { ListSpec } from '#components/console/list/list-spec.ts';
import { ListView } from '#components/console/list/list-view.tsx';
import { TroubleMark } from '#components/console/system/trouble-mark.tsx';
import { Time } from '#components/ui/time.tsx';
import { toAggregateId } from '#lib/aggregate-id.ts';
import { toFormFields } from '#lib/contracts/form-fields.ts';
import { CRM_ENTITIES, type CrmEntity } from '#lib/modules/crm/entities.ts';
import { type EntityRow, entitiesPageSchema } from '#lib/modules/crm/queries.ts';
import { commandsOf } from '#lib/rights.ts';
import { EntityStatus } from './entity-status.tsx';
import { KindsNav } from './kinds-nav.tsx';

/** What stands in the list beside the title, by kind. */
const COLUMNS: Readonly<Record<string, readonly { name: string; header: string }[]>> = {
  clients: [
    { name: 'status', header: 'Status' },
    { name: 'billing_country', header: 'Country' },
    { name: 'business_types', header: 'Business' },
  ],
  contracts: [
    { name: 'status', header: 'Status' },
    { name: 'start_date', header: 'Begins' },
    { name: 'end_date', header: 'Ends' },
  ],
  deals: [
    { name: 'stage', header: 'Stage' },
    { name: 'amount', header: 'Amount' },
    { name: 'currency', header: 'Currency' },
    { name: 'close_date', header: 'Closes' },
  ],
  contacts: [
    { name: 'first_name', header: 'First name' },
    { name: 'email', header: 'E-mail' },
    { name: 'title', header: 'Title' },
  ],
};

const ATTENTION: Readonly<Record<string, string>> = {
  errors: 'A field cannot be read',
  reading: 'Must be read from the CRM',
  deleted: 'Deleted',
};

const MESSAGE_FIELDS = toFormFields(
  z.object({
    body: z.string().meta({
      title: 'Change events',
      description: 'One as JSON, or a list of them, in any of the three envelopes',
      multiline: true,
    }),
  }),
);

function toSpec({
  plural,
  title,
  noun,
  viewName,
  aggregateType,
  entityName,
}: CrmEntity): ListSpec<EntityRow> {
  const columns = COLUMNS[plural] ?? [];
  return {
    title,
    subtitle: `Every ${entityName} of the CRM in the words of its mapping`,
    noun,
    projection: viewName,
    path: `/api/crm/${plural}`,
    schema: entitiesPageSchema,
    firstOrder: { sort: 'title', dir: 'asc' },
    movingSorts: ['changedAt'],
    facets: [
      { name: 'attention', label: 'Attention', toText: (value) => ATTENTION[value] ?? value },
    ],
    searchPlaceholder: 'Search words; “a phrase”, -without',
    toKey: ({ recordId }) => recordId,
    toHref: ({ recordId }) => `/crm/${plural}/${recordId}`,
    columns: [
      { id: 'title', header: 'Name', firstSort: 'asc', toText: ({ title }) => title },
      {
        id: 'recordId',
        header: 'Record id',
        cell: ({ recordId }) => <code>{recordId}</code>,
        toText: ({ recordId }) => recordId,
        small: 'hidden',
      },
      ...columns.map(({ name, header }) => ({
        id: name,
        header,
        firstSort: 'asc' as const,
        toText: ({ values }: EntityRow) => toText(values[name]),
      })),
      {
        id: 'attention',
        header: 'Attention',
        cell: (row) => (
          <>
            <EntityStatus {...row} />{' '}
            <TroubleMark aggregateId={toAggregateId(aggregateType, row.recordId)} />
          </>
        ),
        small: 'figure',
        toText: ({ isDeleted, needsReading, errors }) =>
          [
            isDeleted ? 'deleted' : '',
            needsReading ? 'reading' : '',
            ...Object.keys(errors).map((name) => `error: ${name}`),
          ]
            .filter((text) => text !== '')
            .join(', '),
      },
      {
        id: 'changedAt',
        header: 'Changed',
        cell: ({ changedAt }) => <Time iso={changedAt} />,
        firstSort: 'desc',
        toText: ({ changedAt }) => changedAt,
      },
    ],
  };
}

function toText(value: EntityRow['values'][string] | undefined): string {
  return Array.isArray(value) ? value.join(', ') : value === null ? '' : `${value ?? ''}`;
}

const SPECS = new Map<string, ListSpec<EntityRow>>(
  CRM_ENTITIES.map((entity) => [entity.plural, toSpec(entity)]),
);

/** Every record of one kind. */
export function EntitiesView({ plural, issue }: { plural: string; issue: IssueCommand }) {
  const spec = SPECS.get(plural);
  if (spec === undefined) {
    return null;
  }
  return (
    <>
      <KindsNav current={`/crm/${plural}`} />
      <ListView
        spec={spec}
        actions={
          <>
            <Button component={Link} href={`/crm/${plural}/mapping`} variant="default">
              Mapping
            </Button>
            <CommandButton
              right={commandsOf('crm')}
              type="RecordCrmMessages"
              label="Add change events"
              explanation="As the CRM sends them. What is known already changes nothing; what is no change is kept as a refused message."
              button={{ leftSection: <IconPlus size={16} aria-hidden /> }}
              fields={MESSAGE_FIELDS}
              issue={issue}
              onAccepted={() => undefined}
            />
          </>
        }
        begin={{ hint: 'They come by POST /api/v1/crm/events, or by “Add change events” above.' }}
      />
    </>
  );
}
