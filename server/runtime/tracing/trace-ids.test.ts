import { expect, it } from 'vitest';
import { toSpanId, toTraceId } from './trace-ids.ts';

it('takes a UUID’s digits as the trace id', () => {
  expect(toTraceId('0c1d5f0e-9e0a-4f0b-8c53-2f1a4b6c7d8e')).toBe(
    '0c1d5f0e9e0a4f0b8c532f1a4b6c7d8e',
  );
});

it.each(['import-7', '', 'straße', '0C1D5F0E-9E0A-4F0B-8C53-2F1A4B6C7D8E', NIL()])(
  'hashes %j, which is no UUID that a trace can have',
  (correlationId) => {
    expect(toTraceId(correlationId)).toMatch(/^(?!0{32})[0-9a-f]{32}$/);
    expect(toTraceId(correlationId)).toBe(toTraceId(correlationId));
    expect(toTraceId(correlationId)).not.toBe(toTraceId(`${correlationId}.`));
  },
);

it('has a span id for each event', () => {
  expect(toSpanId('e-1')).toMatch(/^[0-9a-f]{16}$/);
  expect(toSpanId('e-1')).not.toBe(toSpanId('e-2'));
});

function NIL(): string {
  return '00000000-0000-0000-0000-000000000000';
}
