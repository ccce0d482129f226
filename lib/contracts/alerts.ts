import { z } from 'zod';

const time = z.string();

/** An operator's acknowledgement of an alert, or a snooze of it. */
export const alertResponseSchema = z.object({
  /** The alert's id. */
  alert: z.string(),
  /** What the alert said then. */
  title: z.string(),
  /** How large it was then, or has become since where that is less: in events, views, or seconds behind. */
  seen: z.number(),
  by: z.string(),
  at: time,
  reason: z.string(),
  /** Until when it is snoozed; null where it is acknowledged until it ends. */
  until: time.nullable(),
});
export type AlertResponse = z.infer<typeof alertResponseSchema>;
