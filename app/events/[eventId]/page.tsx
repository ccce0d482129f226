import type { Metadata } from 'next';
import { EventPage } from '#components/console/events/event-page.tsx';
import { decodePathPart } from '#lib/decode-path-part.ts';
import { VIEW_ANY } from '#lib/rights.ts';
import { requirePage } from '#server/web/identity/require-page.ts';

export const metadata: Metadata = { title: 'Event' };

type Route = { params: Promise<{ eventId: string }> };

/** /events/[eventId]: the permalink of one event. */
export default async function EventPermalinkPage({ params }: Route) {
  await requirePage(VIEW_ANY);
  const { eventId } = await params;
  return <EventPage eventId={decodePathPart(eventId)} />;
}
