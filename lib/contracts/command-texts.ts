import { z } from 'zod';
import { hasUnseen } from '../unseen-text.ts';

const UNSEEN = 'Line breaks, control characters and characters that nobody sees are not kept.';
const isSeen = (value: string) => !hasUnseen(value);

/** A line of text in a command, of a generous size; what is too long for a field is its domain's to say. */
export const textSchema = z.string().max(100_000).normalize('NFC').refine(isSeen, UNSEEN);

/** The same where it may be left out: an empty one is none. */
export const optionalTextSchema = textSchema
  .trim()
  .transform((value) => value || undefined)
  .optional();

/** Why an operator did something, in their words. */
export const reasonTextSchema = z.string().trim().normalize('NFC').refine(isSeen, UNSEEN);

/** A form's command id: a UUID, so that no form can send the id of an importer or an integration. */
export const formCommandIdSchema = z.uuid('A command id is a UUID.').toLowerCase();
