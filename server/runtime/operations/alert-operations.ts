import { z } from 'zod';
import { PlayheadError } from '#lib/playhead-error.ts';
import { respondToAlert, takeBackAlertResponse } from '#server/runtime/system/alert-responses.ts';
import { defineOperation } from './operation.ts';

const alert = {
  /** The alert's id (`lib/to-alerts.ts`), and what it says, for the record. */
  alert: z.string().min(1).max(2_000),
  title: z.string().trim().min(1).max(500),
};
/** How large the operator saw it. */
const seen = z.number().nonnegative();

/** Acknowledging alerts, snoozing them, and taking that back. */
export const alertOperations = [
  defineOperation({
    kind: 'acknowledge-alert',
    input: z.strictObject({ ...alert, seen }),
    toSubject: ({ title }) => title,
    run: async ({ db }, input, operator) => {
      await respondToAlert(db, { ...input, until: null }, operator);
      return {};
    },
  }),
  defineOperation({
    kind: 'snooze-alert',
    input: z.strictObject({ ...alert, seen, until: z.iso.datetime('Say until when.') }),
    toSubject: ({ title, until }) => {
      if (Date.parse(until) <= Date.now()) {
        const sentence = 'That time has passed: snooze it until a later one.';
        throw new PlayheadError('INVALID_INPUT', sentence, { field: 'until' });
      }
      return title;
    },
    run: async ({ db }, input, operator) => {
      await respondToAlert(db, input, operator);
      return {};
    },
  }),
  defineOperation({
    kind: 'show-alert-again',
    input: z.strictObject(alert),
    toSubject: ({ title }) => title,
    run: async ({ db }, input, operator) => ({
      changed: await takeBackAlertResponse(db, input, operator),
    }),
  }),
];
