import type { Dynamo } from '#server/runtime/platform/dynamo.ts';

/** What goes wrong with one request: before DynamoDB sees it, or after, with its answer lost. */
export type Fault = { readonly lose: 'request' | 'answer'; readonly error: Error };

/** An error as the SDK would throw it. */
export function sdkError(name: string, fields: object = {}): Error {
  return Object.assign(new Error(`raw message of ${name}`), { name, ...fields });
}

/** A time-out after the request was sent and carried out: nobody learns what came of it. */
export const ANSWER_LOST: Fault = { lose: 'answer', error: sdkError('TimeoutError') };

/**
 * Lets requests to a real DynamoDB go wrong: `next` is asked about each one, by the name of its
 * command, and may give the fault that befalls it.
 */
export function injectFaults(
  { client }: Dynamo,
  next: (commandName: string) => Fault | undefined,
): void {
  client.middlewareStack.add(
    (handle, context) => async (args) => {
      const fault = next(String(context.commandName));
      if (fault?.lose === 'request') {
        throw fault.error;
      }
      const answer = handle(args);
      if (fault?.lose === 'answer') {
        await Promise.allSettled([answer]);
        throw fault.error;
      }
      return answer;
    },
    { step: 'initialize', name: 'faults' },
  );
}
