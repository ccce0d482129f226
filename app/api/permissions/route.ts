import { viewOf } from '#lib/rights.ts';
import {
  getPermissionMatrix,
  permissionMatrixQuerySchema,
} from '#server/modules/users/queries/permission-matrix.ts';
import { answerQuery } from '#server/web/answer-query.ts';

/** GET /api/permissions?q&user&permission&at&cursor&limit → permissionMatrixSchema */
export function GET(request: Request): Promise<Response> {
  return answerQuery(request, viewOf('users'), permissionMatrixQuerySchema, ({ scans }, query) =>
    getPermissionMatrix(scans, query),
  );
}
