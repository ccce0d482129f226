import { lookup as resolve } from 'node:dns';
import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { BlockList, isIP, type LookupFunction } from 'node:net';

/** A receiver that takes longer has not answered. */
const TIMEOUT_MS = 10_000;

/** A receiver may ask for this much patience, and for no more. */
const MOST_WAIT_SECONDS = 3_600;

/** What a receiver answered: its status, and after how many seconds it wants to be asked again, if it said so. */
export type WebhookAnswer = {
  readonly status: number;
  readonly retryAfterSeconds: number | null;
};

// Two lists: one would hold an IPv4 address against the IPv6 network that such addresses are mapped to.
const PRIVATE = { ipv4: new BlockList(), ipv6: new BlockList() };
for (const [network, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 3],
] as const) {
  PRIVATE.ipv4.addSubnet(network, prefix, 'ipv4');
}
for (const [network, prefix] of [
  ['::', 96],
  ['::ffff:0:0', 96],
  ['64:ff9b::', 96],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
] as const) {
  PRIVATE.ipv6.addSubnet(network, prefix, 'ipv6');
}

/** Whether an address is of this machine or of a network behind it, where no receiver of the public is. */
export function isPrivateAddress(address: string): boolean {
  const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
  return PRIVATE[family].check(address, family);
}

/** Resolves a name, and refuses what is private: at the moment of the connection, when a name can no more change. */
const resolvePublic: LookupFunction = (hostname, options, callback) => {
  resolve(hostname, { ...options, all: true }, (error, addresses) => {
    const found = addresses ?? [];
    const hidden = found.find(({ address }) => isPrivateAddress(address));
    const [first] = found;
    if (error !== null || hidden !== undefined || first === undefined) {
      callback(
        error ?? new Error(`${hostname} is at a private address, ${hidden?.address}`),
        '',
        4,
      );
    } else if (options.all) {
      callback(null, [...found]);
    } else {
      callback(null, first.address, first.family);
    }
  });
};

export type PostOptions = {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** On embedded engines, where receivers are on this machine as well. */
  readonly allowsPrivate: boolean;
  readonly signal: AbortSignal;
};

/**
 * Sends a message, follows no redirect, and reads no more of the answer than its header. Throws why there was no
 * answer.
 */
export function postWebhook(
  url: URL,
  { headers, body, allowsPrivate, signal }: PostOptions,
): Promise<WebhookAnswer> {
  const hostname = url.hostname.replace(/^\[|\]$/g, '');
  if (!allowsPrivate && isIP(hostname) !== 0 && isPrivateAddress(hostname)) {
    return Promise.reject(new Error(`${hostname} is a private address`));
  }
  const request = url.protocol === 'https:' ? requestHttps : requestHttp;
  return new Promise((settle, reject) => {
    const sent = request(
      url,
      {
        method: 'POST',
        agent: false,
        headers: { ...headers, 'Content-Length': `${Buffer.byteLength(body)}` },
        signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
        ...(!allowsPrivate && { lookup: resolvePublic }),
      },
      (response) => {
        const { statusCode: status = 0, headers: answered } = response;
        settle({ status, retryAfterSeconds: readRetryAfter(answered['retry-after']) });
        response.destroy();
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}

function readRetryAfter(text: string | undefined): number | null {
  return text !== undefined && /^\d{1,6}$/.test(text)
    ? Math.min(Number(text), MOST_WAIT_SECONDS)
    : null;
}
