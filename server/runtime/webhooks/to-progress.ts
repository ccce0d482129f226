import type { Attempted, SignedWebhook } from './attempt-delivery.ts';
import type { DeliveryDecision } from './decide-delivery.ts';

/** Whether an event is to be sent again. */
export function isFailed({ kind }: DeliveryDecision): boolean {
  return kind === 'retry' || kind === 'disable';
}

/**
 * How far a webhook has come by attempts, which are in the journal's order: up to the first event that failed. What was
 * taken behind it is not sent again. Pure.
 */
export function toProgress(
  { position, ahead }: Pick<SignedWebhook, 'position' | 'ahead'>,
  attempted: readonly Pick<Attempted, 'event' | 'decision'>[],
): { readonly position: number; readonly ahead: number[] } {
  const firstFailed =
    attempted.find(({ decision }) => isFailed(decision))?.event.position ?? Infinity;
  const done = attempted
    .filter(({ decision }) => !isFailed(decision))
    .map(({ event }) => event.position);
  const reached = Math.max(position, ...done.filter((each) => each < firstFailed));
  return { position: reached, ahead: [...ahead, ...done].filter((each) => each > reached) };
}
