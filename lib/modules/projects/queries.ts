import { z } from 'zod';
import { PAGE_LINKS } from '#lib/contracts/page-links.ts';
import { freshnessSchema } from '../../contracts/queries.ts';

/** Answers about projects. Times travel as ISO 8601 in UTC. */
const time = z.string();
const configuration = z.record(z.string(), z.string());
const facet = z.array(z.object({ value: z.string(), count: z.number() }));

export const projectRowSchema = z.object({
  projectId: z.string(),
  name: z.string(),
  description: z.string().nullable(),
  status: z.enum(['active', 'archived']),
  templateId: z.string().nullable(),
  templateVersion: z.number().nullable(),
  services: z.number(),
  links: z.number(),
  createdAt: time,
  createdBy: z.string(),
  changedAt: time,
  archivedAt: time.nullable(),
  archiveReason: z.string().nullable(),
  /** The project's event sequence in this view. */
  version: z.number(),
});
export type ProjectRow = z.infer<typeof projectRowSchema>;

export const projectsPageSchema = z.object({
  items: z.array(projectRowSchema),
  total: z.number(),
  ...PAGE_LINKS,
  /** The value of `template` is empty for projects that began without one; a project has many kinds. */
  facets: z.object({ status: facet, template: facet, kind: facet }),
  freshness: freshnessSchema,
});
export type ProjectsPage = z.infer<typeof projectsPageSchema>;

export const projectAnswerSchema = z.object({
  project: projectRowSchema.extend({ configuration, templateValues: configuration }),
  freshness: freshnessSchema,
});
export type ProjectAnswer = z.infer<typeof projectAnswerSchema>;

/** Of all projects that are not archived: the services of each kind, and what they use. */
export const serviceKindsSchema = z.object({
  kinds: z.array(z.object({ kind: z.string(), services: z.number() })),
  links: z.array(z.object({ from: z.string(), to: z.string(), count: z.number() })),
  freshness: freshnessSchema,
});
export type ServiceKinds = z.infer<typeof serviceKindsSchema>;

/** The services and links that a range of a project's events has brought. */
export const topologyOutlineSchema = z.object({
  names: z.array(z.string()),
  edges: z.array(z.object({ source: z.string(), target: z.string() })),
});

export const templateUsageSchema = z.object({
  /** Every version that a project came of, the newest first. */
  versions: z.array(z.object({ version: z.number(), projects: z.number(), active: z.number() })),
  /** Projects created in a UTC month ("2026-11"), months without any left out. */
  months: z.array(z.object({ month: z.string(), version: z.number(), projects: z.number() })),
  /** The newest first. */
  items: z.array(
    z.object({
      projectId: z.string(),
      name: z.string(),
      version: z.number(),
      createdAt: time,
      archivedAt: time.nullable(),
    }),
  ),
  total: z.number(),
  nextCursor: z.string().nullable(),
  freshness: freshnessSchema,
});
export type TemplateUsage = z.infer<typeof templateUsageSchema>;
