import { Agent, request } from 'node:http';
import { text } from 'node:stream/consumers';
import { PlayheadError } from '#lib/playhead-error.ts';

/** A request of a program to the API. */
export type Asked = {
  readonly method: 'GET' | 'POST';
  /** Below /api/v1. */
  readonly path: string;
  readonly token: string;
  readonly body?: Readonly<Record<string, unknown>>;
};

/** Less than the server keeps an idle connection: none is used at the moment at which it is closed. */
const IDLE_MS = 3_000;

/** A program that uses the API of the web server on `port`, over at most `sockets` connections that it keeps. */
export function createRestClient(port: number, sockets: number) {
  const agent = new Agent({ keepAlive: true, maxSockets: sockets, timeout: IDLE_MS });

  /** The answer's status and body. */
  function ask({ method, path, token, body }: Asked): Promise<{ status: number; answer: string }> {
    const sent = body === undefined ? undefined : Buffer.from(JSON.stringify(body));
    return new Promise((resolve, reject) => {
      const headers = {
        Authorization: `Bearer ${token}`,
        ...(sent && { 'Content-Type': 'application/json', 'Content-Length': sent.byteLength }),
      };
      const asking = request({
        agent,
        port,
        host: '127.0.0.1',
        method,
        headers,
        path: `/api/v1${path}`,
      });
      asking.once('error', reject);
      asking.once('response', (response) => {
        const status = response.statusCode ?? 0;
        text(response).then((answer) => resolve({ status, answer }), reject);
      });
      asking.end(sent);
    });
  }

  return {
    ask,
    /** The same for what must succeed. Throws UNEXPECTED with what was answered instead. */
    askWell: async (asked: Asked): Promise<void> => {
      const { status, answer } = await ask(asked);
      if (status >= 300) {
        throw new PlayheadError(
          'UNEXPECTED',
          `${asked.path} was answered with ${status}: ${answer}`,
        );
      }
    },
    close: () => agent.destroy(),
  };
}
