import type { Metadata } from 'next';
import { EventPage } from '#components/events/event-page.tsx';

export const metadata: Metadata = { title: 'Event' };

export default async function EventPermalinkPage({ params }: PageProps<'/events/[eventId]'>) {
  const { eventId } = await params;
  return <EventPage eventId={decodeURIComponent(eventId)} />;
}
