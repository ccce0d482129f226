import {
  getProjectsPage,
  projectsQuerySchema,
} from '#server/modules/projects/queries/projects-page.ts';
import { answerQuery } from '#server/web/answer-query.ts';

/** GET /api/projects?q&status&template&sort&dir&cursor&limit → projectsPageSchema */
export function GET(request: Request): Promise<Response> {
  return answerQuery(request, projectsQuerySchema, ({ db, scans }, query) =>
    getProjectsPage(query.q ? scans : db, query),
  );
}
