import { VIEW_ALL } from '#lib/rights.ts';
import { answerQuery } from '#server/web/answer-query.ts';
import { getVolume, volumeQuerySchema } from '#server/web/queries/volume.ts';

/** GET /api/events/volume?from=&to= → volumeSchema */
export function GET(request: Request): Promise<Response> {
  return answerQuery(request, VIEW_ALL, volumeQuerySchema, getVolume);
}
