import { z } from 'zod';
import { OPERATION_STATUSES } from './operations.ts';
import { PAGE_LINKS } from './page-links.ts';

/**
 * Something that an operator did, or asked for: by whom, when, to what, why. `status`: done where it took
 * effect; else how the request stands that has come to nothing so far.
 */
export const auditEntrySchema = z.object({
  /** Unique in the record. */
  id: z.string(),
  at: z.string(),
  actor: z.string(),
  /** "pause", "retry-dead-letter", "swap-rebuild" … */
  action: z.string(),
  /** A projection, an aggregate, an alert's title, "worker", or "all". */
  subject: z.string(),
  reason: z.string().nullable(),
  /** The address that it was asked for from; null on the command line, and where nobody kept it. */
  origin: z.string().nullable(),
  status: z.enum(OPERATION_STATUSES).catch('done'),
  /** What came of it, or why nothing did. */
  effect: z.record(z.string(), z.unknown()),
});
export type AuditEntry = z.infer<typeof auditEntrySchema>;

/** A page of /api/audit, newest first. */
export const auditPageSchema = z.object({
  items: z.array(auditEntrySchema),
  ...PAGE_LINKS,
  /** Why a part of it is missing. */
  problems: z.array(z.string()),
});
