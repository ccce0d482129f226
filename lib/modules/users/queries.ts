import { z } from 'zod';
import { PAGE_LINKS } from '#lib/contracts/page-links.ts';
import { freshnessSchema, listPageSchema } from '../../contracts/queries.ts';

/** What the users' queries answer; times as ISO 8601 in UTC. */
const time = z.string();
/** A newer program's status is neither. */
const status = z.enum(['active', 'deactivated', 'unknown']).catch('unknown');
const facet = z.array(z.object({ value: z.string(), count: z.number() }));

export const userRowSchema = z.object({
  userId: z.string(),
  email: z.string(),
  name: z.string(),
  status,
  registeredAt: time,
  /** Of the user's last event. */
  updatedAt: time,
  deactivatedAt: time.nullable(),
  /** The user's event sequence in this view. */
  version: z.number(),
});
export type UserRow = z.infer<typeof userRowSchema>;

export const usersPageSchema = listPageSchema(userRowSchema);

/** A permission that is held: by whose grant, since when, and by which event of the user. */
export const permissionGrantSchema = z.object({
  permission: z.string(),
  grantedBy: z.string(),
  grantedAt: time,
  sequence: z.number(),
});
export type PermissionGrant = z.infer<typeof permissionGrantSchema>;

/** The freshness is that of the projection further behind: the profile and the permissions have one each. */
export const userAnswerSchema = z.object({
  user: userRowSchema,
  permissions: z.array(permissionGrantSchema),
  freshness: freshnessSchema,
});
export type UserAnswer = z.infer<typeof userAnswerSchema>;

/** A row of the matrix: a user, and what they hold. */
const matrixRowSchema = z.object({
  userId: z.string(),
  /** As it is now, whatever the time is that is asked for. */
  name: z.string(),
  status,
  permissions: z.array(permissionGrantSchema),
});

export const permissionMatrixSchema = z.object({
  items: z.array(matrixRowSchema),
  total: z.number(),
  ...PAGE_LINKS,
  /** How many of the users who are meant hold each permission. */
  facets: z.object({ permission: facet }),
  /** The time that it is of; null: now. */
  at: time.nullable(),
  freshness: freshnessSchema,
});
export type PermissionMatrix = z.infer<typeof permissionMatrixSchema>;

export const permissionChangeSchema = z.object({
  userId: z.string(),
  permission: z.string(),
  change: z.enum(['granted', 'revoked']),
  changedBy: z.string(),
  changedAt: time,
  sequence: z.number(),
});
export type PermissionChange = z.infer<typeof permissionChangeSchema>;

/** Changes of permissions, newest first. */
export const permissionChangesPageSchema = z.object({
  items: z.array(permissionChangeSchema),
  ...PAGE_LINKS,
  freshness: freshnessSchema,
});
export type PermissionChangesPage = z.infer<typeof permissionChangesPageSchema>;

/** What DynamoDB's hot views hold of a user; a problem says why this program cannot use an item. */
export const userHotViewsSchema = z.object({
  summary: z
    .object({ name: z.string(), email: z.string(), status, sequence: z.number() })
    .nullable(),
  detail: z
    .object({
      name: z.string(),
      email: z.string(),
      status,
      permissions: z.array(z.string()),
      registeredAt: time,
      updatedAt: time,
      sequence: z.number(),
    })
    .nullable(),
  problems: z.object({ summary: z.string().nullable(), detail: z.string().nullable() }),
});
export type UserHotViews = z.infer<typeof userHotViewsSchema>;
