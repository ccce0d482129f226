import type { LiveStatus } from '#components/ui/live-connection.ts';
import type { Tone } from '#components/ui/tone.ts';
import type { Health } from '#lib/contracts/queries.ts';

export type LiveSummary = { readonly tone: Tone; readonly label: string };

/** The parts of the system that can be down, in words. */
export const PARTS = [
  { key: 'worker', label: 'Worker' },
  { key: 'dynamodb', label: 'DynamoDB' },
  { key: 'postgresql', label: 'PostgreSQL' },
] as const;

/**
 * The one line that the header shows: what is down first, then a broken live connection. `failure`
 * is what became of the newest question about health: no answer at all, or one of no use.
 */
export function summarizeLive(
  status: LiveStatus,
  health: Health | undefined,
  failure: 'unreachable' | 'unknown' | null,
): LiveSummary {
  switch (failure) {
    case 'unreachable':
      return { tone: 'bad', label: 'Server unreachable' };
    case 'unknown':
      return { tone: 'bad', label: 'Status unknown' };
    case null:
      return summarizeKnown(status, health);
  }
}

function summarizeKnown(status: LiveStatus, health: Health | undefined): LiveSummary {
  const down = PARTS.filter(({ key }) => health?.[key].state === 'down').map(({ label }) => label);
  if (down.length > 0) {
    return { tone: 'bad', label: `${down.join(', ')} down` };
  }
  switch (status) {
    case 'connected':
      return { tone: 'good', label: 'Live' };
    case 'connecting':
      return { tone: 'neutral', label: 'Connecting' };
    case 'reconnecting':
      return { tone: 'warn', label: 'Reconnecting' };
  }
}
