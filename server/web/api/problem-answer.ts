import { STATUS_CODES } from 'node:http';
import { z } from 'zod';
import { toErrorHeaders, toHttpStatus } from '../http-status.ts';
import { answerErrorsBy, toJsonAnswer } from '../json-answer.ts';

/** A failed answer of the API for programs: RFC 9457, with the literal code and the field that it is about. */
export const problemSchema = z.object({
  type: z.literal('about:blank'),
  title: z.string(),
  status: z.number(),
  detail: z.string(),
  code: z.string(),
  field: z.string().optional(),
});

/** Errors as problems. */
export const withProblems = answerErrorsBy(({ code, message, field }) => {
  const status = toHttpStatus(code);
  const problem: z.infer<typeof problemSchema> = {
    type: 'about:blank',
    title: STATUS_CODES[status] ?? 'Error',
    status,
    detail: message,
    code,
    ...(field === undefined ? {} : { field }),
  };
  const headers = { ...toErrorHeaders(code), 'Content-Type': 'application/problem+json' };
  return toJsonAnswer(problem, status, headers);
});
