'use client';

import { useConsole } from '#components/console/use-console.tsx';
import classes from './event-icon.module.css';

/** An event type at a glance; the sentence beside it says the same in words. */
export function EventIcon({ eventType }: { eventType: string }) {
  const { icon: Glyph, tone } = useConsole().toLook(eventType);
  return (
    <span className={classes.icon} data-tone={tone} aria-hidden>
      <Glyph size={14} stroke={2} />
    </span>
  );
}
