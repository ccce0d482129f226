import { Stack } from '@mantine/core';
import { PageHeader } from '#components/ui/page-header.tsx';
import { ConservationPanel } from './conservation-panel.tsx';
import { ReconcilePanel } from './reconcile-panel.tsx';
import { RunsPanel } from './runs-panel.tsx';

/** Whether the views are what the events say. */
export function IntegrityView() {
  return (
    <>
      <PageHeader
        title="Integrity"
        subtitle="Every view compared with the events in the event store, and each event with its command’s record"
      />
      <Stack gap="sm">
        <ReconcilePanel />
        <ConservationPanel />
        <RunsPanel />
      </Stack>
    </>
  );
}
