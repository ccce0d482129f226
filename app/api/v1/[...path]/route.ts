import { answerApi } from '#server/web/api/answer-api.ts';

/*
 * The API for programs: what it answers is in /api/v1/openapi.json, and comes from the modules
 * (server/web/api/endpoints.ts).
 */

export const GET = answerApi;
export const POST = answerApi;
export const PATCH = answerApi;
export const DELETE = answerApi;
