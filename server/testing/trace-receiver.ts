import { once } from 'node:events';
import { createServer } from 'node:http';
import { json } from 'node:stream/consumers';
import { z } from 'zod';

const attributesSchema = z
  .array(
    z.object({
      key: z.string(),
      value: z.object({
        stringValue: z.string().optional(),
        intValue: z.union([z.number(), z.string()]).optional(),
      }),
    }),
  )
  .default([])
  .transform((list) =>
    Object.fromEntries(
      list.map(({ key, value }) => [key, value.stringValue ?? Number(value.intValue)]),
    ),
  );

const spanSchema = z.object({
  traceId: z.string(),
  spanId: z.string(),
  parentSpanId: z.string().optional(),
  name: z.string(),
  attributes: attributesSchema,
  status: z.object({ code: z.number().default(0) }).default({ code: 0 }),
});

/** A span as a collector gets it, with the process that made it. */
export type ReceivedSpan = z.infer<typeof spanSchema> & { readonly service: unknown };

const requestSchema = z.object({
  resourceSpans: z.array(
    z.object({
      resource: z.object({ attributes: attributesSchema }),
      scopeSpans: z.array(z.object({ spans: z.array(spanSchema) })),
    }),
  ),
});

/** A span's name, and those of what is beneath it, sorted. */
export type SpanTree = { readonly [name: string]: SpanTree };

/** Takes spans in over OTLP/HTTP on the loopback, as a collector does, with a status that a test chooses. */
export async function startTraceReceiver() {
  const spans: ReceivedSpan[] = [];
  const bodies: string[] = [];
  const authorizations: unknown[] = [];
  let status = 200;
  const server = createServer(async (request, response) => {
    const body = await json(request);
    bodies.push(JSON.stringify(body));
    authorizations.push(request.headers.authorization);
    for (const { resource, scopeSpans } of requestSchema.parse(body).resourceSpans) {
      const service = resource.attributes['service.name'];
      const received = scopeSpans.flatMap((scope) => scope.spans);
      spans.push(...received.map((span) => ({ ...span, service })));
    }
    response.writeHead(status, { 'content-type': 'application/json' }).end('{}');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  return {
    url: `http://127.0.0.1:${port}`,
    spansOf: (traceId: string) => spans.filter((span) => span.traceId === traceId),
    /** Everything that came, as text. */
    text: () => bodies.join('\n'),
    authorizations: () => authorizations,
    answerWith: (next: number) => {
      status = next;
    },
    close: () => server.close(),
  };
}

/** The spans beneath `parentSpanId`, by their names; those of the trace without it. Throws where two have one name. */
export function toSpanTree(spans: readonly ReceivedSpan[], parentSpanId?: string): SpanTree {
  const children = spans.filter((span) => (span.parentSpanId || undefined) === parentSpanId);
  const names = children.map(({ name }) => name);
  if (new Set(names).size < names.length) {
    throw new Error(`Two spans have one name: ${names.join(', ')}`);
  }
  return Object.fromEntries(children.map(({ name, spanId }) => [name, toSpanTree(spans, spanId)]));
}
