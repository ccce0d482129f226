import type { ConsoleWords } from '#components/console/console-words.ts';
import type { Tone } from '#components/ui/tone.ts';
import type { AuditEntry } from '#lib/contracts/audit.ts';
import type { OperationKind } from '#lib/contracts/operations.ts';

/** An action in words: "Swap rebuild". */
export function nameAction(action: string): string {
  const words = action.replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Their subject is what the alert said. */
const ALERT_ACTIONS: readonly string[] = [
  'acknowledge-alert',
  'snooze-alert',
  'show-alert-again',
] satisfies readonly OperationKind[];

/** What something was done to, and where one sees it; null where there is no page of its own. */
export function nameSubject(
  words: Pick<ConsoleWords, 'nameAggregate' | 'nameView'>,
  { action, subject }: Pick<AuditEntry, 'action' | 'subject'>,
): { readonly label: string; readonly href: string | null } {
  if (ALERT_ACTIONS.includes(action)) {
    return { label: subject, href: '/' };
  }
  if (subject === 'all') {
    return { label: 'Everything', href: null };
  }
  if (subject.startsWith('webhook:')) {
    return { label: subject, href: '/webhooks' };
  }
  if (subject === 'worker') {
    return { label: 'The worker', href: '/projections' };
  }
  if (subject.includes('#')) {
    const { label, href } = words.nameAggregate(subject);
    return { label, href };
  }
  const { label } = words.nameView(subject);
  return { label, href: `/projections?projection=${encodeURIComponent(subject)}` };
}

/** How a request stands that has come to nothing so far; null for what took effect. */
export function nameStatus({ status }: Pick<AuditEntry, 'status'>): {
  readonly label: string;
  readonly tone: Tone;
} | null {
  switch (status) {
    case 'done':
      return null;
    case 'queued':
      return { label: 'Waits for a worker', tone: 'neutral' };
    case 'running':
      return { label: 'Under way', tone: 'accent' };
    case 'failed':
      return { label: 'Refused or failed', tone: 'bad' };
    case 'interrupted':
      return { label: 'Interrupted', tone: 'warn' };
  }
}
