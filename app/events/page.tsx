import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { EventsView } from '#components/console/events/events-view.tsx';
import { toAggregateId } from '#lib/aggregate-id.ts';
import { VIEW_ALL } from '#lib/rights.ts';
import { requirePage } from '#server/web/identity/require-page.ts';

export const metadata: Metadata = { title: 'Events' };

type EventsPageProps = {
  readonly searchParams: Promise<Record<string, string | string[] | undefined>>;
};

/** The feed. Addresses from when every event was of an account (`?account=<id>`) lead to today's. */
export default async function EventsPage({ searchParams }: EventsPageProps) {
  await requirePage(VIEW_ALL);
  const { account, ...filters } = await searchParams;
  if (typeof account === 'string') {
    const params = Object.entries(filters).flatMap(([name, values = []]) =>
      [values].flat().map((value) => [name, value]),
    );
    const aggregate = toAggregateId('account', account);
    redirect(`/events?${new URLSearchParams([...params, ['aggregate', aggregate]])}`);
  }
  return <EventsView />;
}
