import { viewOf } from '#lib/rights.ts';
import {
  getPermissionChanges,
  permissionChangesQuerySchema,
} from '#server/modules/users/queries/permission-changes.ts';
import { answerQuery } from '#server/web/answer-query.ts';

/** GET /api/permissions/changes?user&permission&cursor&limit → permissionChangesPageSchema */
export function GET(request: Request): Promise<Response> {
  return answerQuery(request, viewOf('users'), permissionChangesQuerySchema, ({ db }, query) =>
    getPermissionChanges(db, query),
  );
}
