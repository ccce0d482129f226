import { createEventCodec } from '#server/runtime/event-store/event-codec.ts';
import { FULL_REGISTRY } from './registry.ts';

/** Between events of all modules in memory and in the store. */
export const TEST_CODEC = createEventCodec(FULL_REGISTRY.aggregates);
export const { decode: toRecordedEvent, encode: toStoredEvent } = TEST_CODEC;
