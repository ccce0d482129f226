import { z } from 'zod';

/** The event of an HTTP API of API Gateway, payload format 2.0, as far as it is needed. */
const eventSchema = z.object({
  rawPath: z.string(),
  rawQueryString: z.string(),
  headers: z.record(z.string(), z.string()),
  body: z.string().optional(),
  isBase64Encoded: z.boolean(),
  requestContext: z.object({
    domainName: z.string(),
    http: z.object({ method: z.string() }),
  }),
});

/** What API Gateway makes a response of. */
export type ApiGatewayAnswer = {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

/** The request that an event of API Gateway stands for. Throws a ZodError for another event. */
export function toRequest(event: unknown): Request {
  const { rawPath, rawQueryString, headers, body, isBase64Encoded, requestContext } =
    eventSchema.parse(event);
  const { domainName, http } = requestContext;
  const query = rawQueryString === '' ? '' : `?${rawQueryString}`;
  return new Request(`https://${domainName}${rawPath}${query}`, {
    method: http.method,
    headers,
    body: body === undefined ? null : isBase64Encoded ? Buffer.from(body, 'base64') : body,
  });
}

/** Every body of the API is text. */
export async function toAnswer(response: Response): Promise<ApiGatewayAnswer> {
  return {
    statusCode: response.status,
    headers: Object.fromEntries(response.headers),
    body: await response.text(),
  };
}
