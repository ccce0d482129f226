'use client';

import { EmptyState } from '#components/ui/empty-state.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { PanelFrame } from '#components/ui/panel.tsx';
import { toFormFields } from '#lib/contracts/form-fields.ts';
import { formatCount } from '#lib/count-format.ts';
import { toEventTypeName } from '#lib/event-type-name.ts';
import { commandsOf } from '#lib/rights.ts';
import { CommandButton } from '../commands/command-button.tsx';
import type { IssueCommand } from '../commands/command-form.tsx';
import { useConsole } from '../use-console.tsx';
import { AggregateTabs, type AggregateTabsProps } from './aggregate-tabs.tsx';
import { TroubleBanner } from './trouble-banner.tsx';
import { useFollowAggregate } from './use-follow-aggregate.ts';
import { useOwnSequence } from './use-own-sequence.ts';
import { useStanding } from './use-standing.ts';

const NO_PARTS = {};
const NO_PROJECTIONS: readonly string[] = [];
const NO_TABS: AggregateTabsProps['tabs'] = [];

export type AggregatePageProps = {
  aggregateId: string;
  /** Without it, nothing can be done here. */
  issue?: IssueCommand;
};

/** An aggregate of a module without a page of its own for it. */
export function AggregatePage({ aggregateId, issue }: AggregatePageProps) {
  const { id, noun, label, module, commands } = useConsole().nameAggregate(aggregateId);
  const standing = useStanding(aggregateId);
  const announced = useFollowAggregate(aggregateId, NO_PROJECTIONS);
  const { own, accept } = useOwnSequence(aggregateId);
  const newest = Math.max(standing.data?.newestSequence ?? 0, announced, own);
  return (
    <>
      <PageHeader
        title={label}
        subtitle={newest > 0 ? `At event ${formatCount(newest)}` : 'From the event store'}
        actions={
          issue === undefined || newest === 0
            ? null
            : commands.map(({ type, label, schema, idField }) => (
                <CommandButton
                  key={type}
                  right={commandsOf(module)}
                  type={type}
                  label={label ?? toEventTypeName(type)}
                  button={{ variant: 'default' }}
                  fields={toFormFields(schema).filter(({ name }) => name !== idField)}
                  given={{ [idField]: id }}
                  issue={issue}
                  onAccepted={accept}
                />
              ))
        }
      />
      <TroubleBanner aggregateId={aggregateId} />
      {newest === 0 && standing.data ? (
        <PanelFrame title={label} hideTitle>
          <EmptyState
            title={`There is no ${noun} ${id}`}
            hint="The event store has no event of it."
          />
        </PanelFrame>
      ) : (
        <AggregateTabs
          aggregateId={aggregateId}
          shown={newest}
          newest={newest}
          own={own}
          tabs={NO_TABS}
          parts={NO_PARTS}
        />
      )}
    </>
  );
}
