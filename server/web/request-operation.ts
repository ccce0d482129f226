import { z } from 'zod';
import type { OperationAnswer } from '#lib/contracts/operations.ts';
import { toOperationRight } from '#lib/operation-right.ts';
import { requestOperation as request } from '#server/runtime/operations/request-operation.ts';
import type { Logger } from '#server/runtime/platform/logger.ts';
import type { Postgres } from '#server/runtime/platform/postgres.ts';
import type { RegisteredViews } from '#server/runtime/registered.ts';
import type { Ask } from './identity/action-context.ts';
import type { OutageWatch } from './outage-watch.ts';
import { toWebError } from './to-web-error.ts';

const kindSchema = z.object({ kind: z.string() });

type RequestDeps = {
  readonly db: Postgres['db'];
  readonly registry: RegisteredViews;
  readonly launcher: string | null;
  readonly logger: Logger;
  readonly outages: OutageWatch;
  readonly requireBound: () => void;
} & Ask;

/**
 * Asks for an operation that a form of who may have it done sent, which may hold anything. Never throws: a failure
 * is data, for the form to show.
 */
export async function requestOperation(
  { db, registry, launcher, logger, outages, requireBound, authorize, origin }: RequestDeps,
  input: unknown,
): Promise<OperationAnswer> {
  try {
    requireBound();
    const { kind } = kindSchema.safeParse(input).data ?? {};
    const { actor } = await authorize(toOperationRight(kind));
    const scope = { ...registry, launcher };
    return { ok: true, id: await request({ db, scope }, input, { actor, origin }) };
  } catch (cause) {
    const error = toWebError(cause);
    const { code, message, field } = error;
    outages.note(error);
    if (code === 'UNEXPECTED') {
      logger.error({ err: error.cause ?? cause }, 'A request of an operation failed unexpectedly');
    }
    return { ok: false, code, message, field };
  }
}
