import { PageHeader } from '#components/ui/page-header.tsx';
import { ConsumersPanel } from './consumers-panel.tsx';
import { ProjectionsPanel } from './projections-panel.tsx';
import classes from './projections-view.module.css';
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
        <ConsumersPanel />
      </div>
    </>
  );
}
