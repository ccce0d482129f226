import type { Dynamo } from './dynamo.ts';
import { classifyDynamoError } from './dynamo-errors.ts';

/**
 * Calls `onFault` for each request to the tables that fails transiently: throttling, a
 * conflict of transactions, the network. Whoever sent it tries again, until its timeout.
 */
export function watchTransientFaults(
  { client }: Pick<Dynamo, 'client'>,
  onFault: () => void,
): void {
  client.middlewareStack.add(
    (handle) => async (args) => {
      try {
        return await handle(args);
      } catch (error) {
        if (classifyDynamoError(error) === 'transient') {
          onFault();
        }
        throw error;
      }
    },
    { step: 'initialize' },
  );
}
