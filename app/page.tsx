import { OverviewView } from '#components/console/overview/overview-view.tsx';
import { VIEW_ALL } from '#lib/rights.ts';
import { requirePage } from '#server/web/identity/require-page.ts';

export default async function OverviewPage() {
  await requirePage(VIEW_ALL);
  return <OverviewView />;
}
