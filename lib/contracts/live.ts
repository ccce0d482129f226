import { z } from 'zod';
import { eventItemSchema } from './queries.ts';

/**
 * Messages of the one server-sent-event route (/api/live). `events` carries the SSE id: its last
 * position, so that a browser that reconnects resumes there. Projections report every move.
 */
export const liveMessageSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('events'),
    head: z.number(),
    /** New journal events, oldest first; `skipped` more were left out of a large burst. */
    items: z.array(eventItemSchema),
    skipped: z.number(),
  }),
  z.object({ type: z.literal('projection'), name: z.string(), position: z.number() }),
  /** Nothing new, every ten seconds: a stream that says less is dead, whatever its socket says. */
  z.object({ type: z.literal('heartbeat') }),
  z.object({ type: z.literal('status'), postgresql: z.enum(['up', 'down']) }),
]);
export type LiveMessage = z.infer<typeof liveMessageSchema>;
