import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';

/**
 * The member's name as it stands in the request. A text that is stored cannot look like it, since
 * its quotes are escaped, and neither can an attribute of that name, whose value is an object.
 */
const NAME = Buffer.from('"ClientRequestToken":"');
const UUID_LENGTH = 36;
const COMMA = ','.charCodeAt(0);

/**
 * Takes the ClientRequestToken out of every TransactWriteItems. The SDK adds a new one to each request
 * by itself; as every attempt is a request of its own, it never settled anything here: the conditions
 * and the command's record do, and for much longer than a token's ten minutes. The embedded engine
 * keeps all of them and walks through them at each transaction, so it became slower with each.
 */
export function withoutRequestToken(client: DynamoDBClient): void {
  client.middlewareStack.add(
    (next, context) => (args) => {
      const { request } = args;
      if (context.commandName === 'TransactWriteItemsCommand' && hasBytes(request)) {
        request.body = withoutToken(request.body);
      }
      return next(args);
    },
    // Before the body's length is taken and the request is signed.
    { step: 'build', priority: 'high', name: 'withoutRequestToken' },
  );
}

function withoutToken(body: Uint8Array): Uint8Array {
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  const at = bytes.lastIndexOf(NAME);
  if (at === -1) {
    return body;
  }
  const end = at + NAME.length + UUID_LENGTH + 1;
  return bytes[at - 1] === COMMA
    ? Buffer.concat([bytes.subarray(0, at - 1), bytes.subarray(end)])
    : Buffer.concat([bytes.subarray(0, at), bytes.subarray(end + 1)]);
}

function hasBytes(request: unknown): request is { body: Uint8Array } {
  return (
    typeof request === 'object' &&
    request !== null &&
    'body' in request &&
    request.body instanceof Uint8Array
  );
}
