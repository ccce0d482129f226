import { viewOf } from '#lib/rights.ts';
import {
  getProjectsPage,
  projectsQuerySchema,
} from '#server/modules/projects/queries/projects-page.ts';
import { answerQuery } from '#server/web/answer-query.ts';

/** GET /api/projects?q&status&template&sort&dir&cursor&limit → projectsPageSchema */
export function GET(request: Request): Promise<Response> {
  return answerQuery(request, viewOf('projects'), projectsQuerySchema, ({ db, scans }, query) =>
    getProjectsPage(query.q ? scans : db, query),
  );
}
