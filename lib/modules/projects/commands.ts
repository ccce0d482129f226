import { z } from 'zod';
import { optionalTextSchema, textSchema } from '../../contracts/command-texts.ts';
import {
  KEY_PATTERN,
  MAX_ENTRIES,
  MAX_SERVICES,
  MAX_VALUE_LENGTH,
  NAME_PATTERN,
  sortKeys,
} from '../templates/blueprint.ts';

/**
 * The commands of projects as they travel. What is checked here is shape and size; the rules (which
 * services there are, what may be connected) are the domain's.
 */
const projectId = z.string().trim().min(1, 'A project is needed.').max(1_000);

const serviceName = z
  .string()
  .trim()
  .toLowerCase()
  .regex(
    new RegExp(NAME_PATTERN),
    'It has letters, digits and hyphens, a letter first, at most 63.',
  );

const key = z
  .string()
  .trim()
  .regex(
    new RegExp(KEY_PATTERN),
    'A key has letters, digits, dots, hyphens and underscores, a letter first, at most 100.',
  );

const configuration = z
  .record(key, textSchema.max(MAX_VALUE_LENGTH))
  .refine(
    (entries) => Object.keys(entries).length <= MAX_ENTRIES,
    `There are more than ${MAX_ENTRIES} entries.`,
  )
  .transform(sortKeys)
  .default({});

export const createProjectSchema = z.object({
  /** Chosen by the operator: no two projects have the same. */
  projectId,
  name: textSchema.trim().min(1, 'A name is needed.').max(100),
  description: optionalTextSchema,
  /** Of which the project takes its first services and configuration; without one it begins empty. */
  templateId: z
    .string()
    .trim()
    .max(1_000)
    .transform((value) => value || undefined)
    .optional(),
  /** Values of the template's parameters, by their names. */
  parameters: z.record(z.string(), z.string().normalize('NFC')).default({}),
});

export const addServiceSchema = z.object({
  projectId,
  name: serviceName,
  kind: serviceName,
  configuration,
  /** Names of the services that it uses. */
  links: z
    .array(serviceName)
    .max(MAX_SERVICES)
    .default([])
    .transform((names) => [...new Set(names)]),
});

export const removeServiceSchema = z.object({
  projectId,
  name: serviceName,
});

/** `from` uses `to`. */
export const serviceLinkSchema = z.object({
  projectId,
  from: serviceName,
  to: serviceName,
});

export const changeProjectConfigurationSchema = z.object({
  projectId,
  /** Whose configuration; without one the project's own. */
  service: serviceName.optional(),
  set: configuration,
  remove: z
    .array(key)
    .max(MAX_ENTRIES)
    .default([])
    .transform((keys) => [...new Set(keys)].sort()),
});

export const archiveProjectSchema = z.object({
  projectId,
  reason: optionalTextSchema,
});
