import { createHash } from 'node:crypto';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const NIL = '0'.repeat(32);

/**
 * The trace of a correlation, in every process the same: the digits of a UUID, else a hash. 32 hexadecimal
 * digits, never all of them 0.
 */
export function toTraceId(correlationId: string): string {
  const digits = UUID.test(correlationId) ? correlationId.replaceAll('-', '') : NIL;
  return digits === NIL ? hash(correlationId).slice(0, 32) : digits;
}

/** The span that stored an event, in every process the same: 16 hexadecimal digits. */
export function toSpanId(eventId: string): string {
  return hash(eventId).slice(0, 16);
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
