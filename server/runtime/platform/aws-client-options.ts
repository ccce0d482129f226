import { NodeHttpHandler } from '@smithy/node-http-handler';

/** Where services of AWS are: `aws`, or an endpoint that speaks as they do. */
type Place = { readonly endpoint: string; readonly region: string };

/** The options of a client of the SDK. A request ends after ten seconds. */
export function toAwsClientOptions({ endpoint, region }: Place) {
  return {
    region,
    requestHandler: new NodeHttpHandler({
      connectionTimeout: 2_000,
      requestTimeout: 10_000,
      // Without it the handler only logs a warning, and waits for ever.
      throwOnRequestTimeout: true,
    }),
    ...(endpoint !== 'aws' && {
      endpoint,
      // What stands in for AWS checks no credentials, but the SDK wants some.
      ...(isLoopback(endpoint) && {
        credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
      }),
    }),
  };
}

function isLoopback(endpoint: string): boolean {
  return /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(new URL(endpoint).hostname);
}
