import { once } from 'node:events';
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { z } from 'zod';

const MOST_BYTES = 262_144;

const entrySchema = z.object({
  EventBusName: z.string().min(1).max(1_600),
  Source: z.string().min(1),
  DetailType: z.string().min(1).max(128),
  Detail: z.string().min(1),
  /** Seconds since 1970. */
  Time: z.number(),
});
const requestSchema = z.object({ Entries: z.array(entrySchema).min(1).max(10) });
const detailSchema = z.object({ id: z.string(), subject: z.string(), sequence: z.string() });

/** An entry that was taken: the CloudEvent in it. */
export type TakenEntry = z.infer<typeof entrySchema> & {
  readonly event: z.infer<typeof detailSchema>;
};

/**
 * EventBridge's PutEvents, which refuses what AWS refuses: another target or type of content, no signature, none or
 * more than ten entries, entries of more than 256 KB together, fields that are missing. An entry that `refuse` has a code for
 * is not taken, and the others of its request are.
 */
export async function startEventBridgeDouble(
  refuse: (entry: TakenEntry) => string | undefined = () => undefined,
) {
  const taken: TakenEntry[] = [];
  /** How many entries each request had. */
  const requests: number[] = [];
  const server = createServer(async (incoming, outgoing) => {
    const answer = (status: number, body: object) =>
      outgoing
        .writeHead(status, { 'Content-Type': 'application/x-amz-json-1.1' })
        .end(JSON.stringify(body));
    const invalid = (message: string) => answer(400, { __type: 'ValidationException', message });
    const { headers } = incoming;
    const body = await text(incoming);
    if (!/^AWS4-HMAC-SHA256 .*\/events\/aws4_request/.test(headers.authorization ?? '')) {
      answer(400, { __type: 'MissingAuthenticationTokenException', message: 'No signature.' });
      return;
    }
    if (
      headers['x-amz-target'] !== 'AWSEvents.PutEvents' ||
      headers['content-type'] !== 'application/x-amz-json-1.1'
    ) {
      answer(400, { __type: 'UnknownOperationException', message: 'This is not PutEvents.' });
      return;
    }
    const parsed = requestSchema.safeParse(JSON.parse(body));
    if (!parsed.success) {
      invalid(z.prettifyError(parsed.error));
      return;
    }
    const { Entries } = parsed.data;
    const sizes = Entries.map(
      (entry) => 14 + Buffer.byteLength(entry.Source + entry.DetailType + entry.Detail),
    );
    if (sizes.reduce((sum, size) => sum + size, 0) > MOST_BYTES) {
      invalid('Total size of the entries in the request is over the limit.');
      return;
    }
    requests.push(Entries.length);
    const results = Entries.map((entry) => {
      const entryTaken = { ...entry, event: detailSchema.parse(JSON.parse(entry.Detail)) };
      const code = refuse(entryTaken);
      if (code === undefined) {
        taken.push(entryTaken);
        return { EventId: entryTaken.event.id };
      }
      return { ErrorCode: code, ErrorMessage: 'The double refuses it.' };
    });
    const FailedEntryCount = results.filter((result) => 'ErrorCode' in result).length;
    answer(200, { FailedEntryCount, Entries: results });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  return {
    url: `http://127.0.0.1:${port}`,
    taken,
    requests,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
