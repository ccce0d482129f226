import { RecentEventsPanel } from '#components/console/events/recent-events-panel.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { ArrivalsPanel } from './arrivals-panel.tsx';
import { AttentionPanel } from './attention-panel.tsx';
import { AuditPanel } from './audit-panel.tsx';
import { Figures } from './figures.tsx';
import { LagPanel } from './lag-panel.tsx';
import classes from './overview-view.module.css';

/** The first page: is all well, what is happening, and where to go. */
export function OverviewView() {
  return (
    <>
      <PageHeader title="Overview" subtitle="What happens now, and how far every view follows it" />
      <div className={classes.first}>
        <AttentionPanel />
      </div>
      <Figures />
      <div className={classes.grid}>
        <div className={classes.column}>
          <ArrivalsPanel />
          <RecentEventsPanel />
        </div>
        <div className={classes.column}>
          <LagPanel />
          <AuditPanel />
        </div>
      </div>
    </>
  );
}
