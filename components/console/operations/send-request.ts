import { unstable_isUnrecognizedActionError as isUnrecognizedActionError } from 'next/navigation';
import { OUTDATED_PAGE } from '#components/ui/draft.ts';
import type { OperationAnswer, OperationKind } from '#lib/contracts/operations.ts';

/** The server action that asks a worker for an operation. */
export type RequestOperation = (input: unknown) => Promise<OperationAnswer>;

type Request = {
  readonly id: string;
  readonly kind: OperationKind;
  readonly input: Readonly<Record<string, unknown>>;
  /** Operations that only read need none. */
  readonly reason?: string;
};

const UNREACHABLE =
  'The server did not answer, so nobody knows whether it took the request. Press again: the same request is never carried out twice.';

/** Asks for an operation; that nobody answered is an answer too. */
export async function sendRequest(
  request: RequestOperation,
  asked: Request,
): Promise<{ ok: true; id: string } | { ok: false; message: string }> {
  try {
    return await request(asked);
  } catch (cause) {
    return { ok: false, message: isUnrecognizedActionError(cause) ? OUTDATED_PAGE : UNREACHABLE };
  }
}
