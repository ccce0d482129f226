import { z } from 'zod';

const depthSchema = z.object({ waiting: z.number(), inFlight: z.number() });

/** A replay by the bus: a new generation of a projection that queues fill. */
export const busReplaySchema = z.object({
  /** The rebuild whose generation it fills, and how that stands. */
  rebuild: z.number(),
  projection: z.string(),
  status: z.string(),
  /** The step that is next, or `live`; a newer program may know others. */
  state: z.string(),
  /** Begun anew so many times, since queues were lost. */
  attempt: z.number(),
  steps: z.array(z.object({ step: z.string(), at: z.string(), worker: z.string() })),
  /** The journal's position up to which events are put into the replay queue; null before that is known. */
  until: z.number().nullable(),
  /** Events that were put, and that were taken from each of the queues. */
  put: z.number(),
  replayed: z.number(),
  live: z.number(),
  /** Messages that came again, and changed nothing. */
  duplicates: z.number(),
  deadLetters: z.number(),
  depths: z.object({ replay: depthSchema, live: depthSchema }).nullable(),
  error: z.string().nullable(),
  worker: z.string().nullable(),
  requestedBy: z.string(),
});
export type BusReplay = z.infer<typeof busReplaySchema>;

/** GET /api/bus */
export const busSchema = z.object({
  /** Whether this Playhead has a bus. */
  isOn: z.boolean(),
  /** How far the journal was published, and by whom; null before the first event. */
  publisher: z
    .object({ position: z.number(), behind: z.number(), worker: z.string().nullable() })
    .nullable(),
  /** Newest first. */
  replays: z.array(busReplaySchema),
});
