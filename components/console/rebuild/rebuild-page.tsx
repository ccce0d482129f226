'use client';

import { Anchor, Stack } from '@mantine/core';
import Link from 'next/link';
import { toFollowerStatus } from '#components/console/projections/follower-status.ts';
import { RecentOperations } from '#components/console/projections/recent-operations.tsx';
import { useFollower } from '#components/console/projections/use-followers.ts';
import { useFreshness, useServerNow } from '#components/console/system/use-system.ts';
import { useConsole } from '#components/console/use-console.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { Panel, PanelFrame, PanelSkeleton } from '#components/ui/panel.tsx';
import { StatusBadge } from '#components/ui/status-badge.tsx';
import { InPlaceRebuild } from './in-place-rebuild.tsx';
import { RebuildHistory } from './rebuild-history.tsx';
import { RebuildSteps } from './rebuild-steps.tsx';
import { useRebuilds } from './use-rebuilds.ts';

/** The rebuild of a projection, a hot view or the journal, from the dry run to the roll back. */
export function RebuildPage({ name }: { name: string }) {
  const { label, purpose } = useConsole().nameView(name);
  const query = useRebuilds(name);
  return (
    <>
      <PageHeader
        title={`Rebuild of ${label}`}
        subtitle={
          <>
            <Anchor component={Link} href="/projections" inherit underline="always">
              Projections
            </Anchor>
            {purpose ? ` · ${purpose}` : ''}
          </>
        }
        actions={<Status name={name} />}
      />
      <Stack gap={14}>
        <Panel title="Rebuild" hideTitle query={query} skeleton={<PanelSkeleton lines={20} />}>
          {(rebuilds) =>
            rebuilds.place === 'postgresql' ? (
              <RebuildSteps name={name} rebuilds={rebuilds} />
            ) : (
              <InPlaceRebuild name={name} rebuilds={rebuilds} />
            )
          }
        </Panel>
        {query.data?.place === 'postgresql' ? <RebuildHistory rebuilds={query.data.items} /> : null}
        <PanelFrame title="Operators’ actions on it" hideTitle>
          <RecentOperations subject={name} />
        </PanelFrame>
      </Stack>
    </>
  );
}

function Status({ name }: { name: string }) {
  const follower = useFollower(name);
  const view = useFreshness(name);
  const { tone, word } = toFollowerStatus(follower?.status ?? 'unknown', view, useServerNow());
  return <StatusBadge tone={tone}>{word}</StatusBadge>;
}
