import { OverviewView } from '#components/console/overview/overview-view.tsx';

export default function OverviewPage() {
  return <OverviewView />;
}
