import { PageHeader } from '#components/ui/page-header.tsx';
import { BusPanel } from './bus-panel.tsx';
import { ConsumersPanel, HotViewsPanel, ProjectionsPanel } from './follower-panels.tsx';
import { OpenFollowerDrawer } from './open-follower-drawer.tsx';
import classes from './projections-view.module.css';
import { ShardsPanel } from './shards-panel.tsx';
import { WorkerNotice } from './worker-notice.tsx';

/** Everything that follows the event store, and how far behind it is. */
export function ProjectionsView() {
  return (
    <>
      <PageHeader
        title="Projections"
        subtitle="Everything that follows the event store, and how far behind it is"
      />
      <div className={classes.stack}>
        <WorkerNotice />
        <ProjectionsPanel />
        <HotViewsPanel />
        <ConsumersPanel />
        <ShardsPanel />
        <BusPanel />
      </div>
      <OpenFollowerDrawer />
    </>
  );
}
