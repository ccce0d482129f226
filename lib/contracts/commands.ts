import { z } from 'zod';

/** Where a command's last event of one aggregate stands: what a reader can wait for. */
const commandTokenSchema = z.object({ aggregateId: z.string(), sequence: z.number() });
export type CommandToken = z.infer<typeof commandTokenSchema>;

/**
 * What a command's caller learns: a token for each aggregate that it wrote, none where nothing had to
 * change. `duplicate`: the id was known, this is the first result.
 */
export const commandResultSchema = z.object({
  commandId: z.string(),
  tokens: z.array(commandTokenSchema),
  duplicate: z.boolean(),
});
export type CommandResult = z.infer<typeof commandResultSchema>;

/** A server action's answer: errors are data, so that a form can show them. */
export type ActionResult =
  | { ok: true; result: CommandResult; milliseconds: number }
  | { ok: false; code: string; message: string; field?: string | undefined };

/** An event that a command would write, its payload as it would be stored. */
export type PreviewedEvent = {
  aggregateId: string;
  eventSequence: number;
  eventType: string;
  eventData: Record<string, unknown>;
};

/** What a command would come to now; nothing is written. */
export type PreviewResult =
  | { ok: true; events: PreviewedEvent[] }
  | { ok: false; code: string; message: string; field?: string | undefined };
