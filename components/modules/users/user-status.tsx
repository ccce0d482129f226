import { StatusBadge } from '#components/ui/status-badge.tsx';
import type { Tone } from '#components/ui/tone.ts';
import type { UserRow } from '#lib/modules/users/queries.ts';

type Status = UserRow['status'];

const LOOKS: Readonly<Record<Status, { readonly text: string; readonly tone: Tone }>> = {
  active: { text: 'Active', tone: 'good' },
  deactivated: { text: 'Deactivated', tone: 'neutral' },
  unknown: { text: 'Unknown', tone: 'warn' },
};

/** Whether a user has access. */
export function UserStatus({ status }: { status: Status }) {
  const { text, tone } = LOOKS[status];
  return <StatusBadge tone={tone}>{text}</StatusBadge>;
}
