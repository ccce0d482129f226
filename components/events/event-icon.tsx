import {
  type Icon,
  IconArrowDownLeft,
  IconArrowLeft,
  IconArrowRight,
  IconArrowUpRight,
  IconBuildingBank,
  IconLock,
  IconPoint,
} from '@tabler/icons-react';
import type { Tone } from '#components/ui/tone.ts';
import classes from './event-icon.module.css';

const LOOKS: Readonly<Record<string, { icon: Icon; tone: Tone }>> = {
  AccountOpened: { icon: IconBuildingBank, tone: 'accent' },
  MoneyDeposited: { icon: IconArrowDownLeft, tone: 'good' },
  MoneyWithdrawn: { icon: IconArrowUpRight, tone: 'warn' },
  TransferSent: { icon: IconArrowRight, tone: 'warn' },
  TransferReceived: { icon: IconArrowLeft, tone: 'good' },
  AccountClosed: { icon: IconLock, tone: 'neutral' },
};

/** An event type at a glance; the sentence beside it says the same in words. */
export function EventIcon({ eventType }: { eventType: string }) {
  const { icon: Glyph, tone } = LOOKS[eventType] ?? { icon: IconPoint, tone: 'neutral' };
  return (
    <span className={classes.icon} data-tone={tone} aria-hidden>
      <Glyph size={14} stroke={2} />
    </span>
  );
}
