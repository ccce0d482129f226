import { expect, it } from 'vitest';
import { isPrivateAddress, postWebhook } from './post-webhook.ts';

it.each([
  ...['127.0.0.1', '10.1.2.3', '172.31.0.1', '192.168.1.1', '169.254.169.254', '0.0.0.0'],
  ...['100.64.0.1', '::1', '::', 'fe80::1', 'fd00::1', '::ffff:127.0.0.1', '64:ff9b::7f00:1'],
])('%s is private', (address) => {
  expect(isPrivateAddress(address)).toBe(true);
});

it.each(['8.8.8.8', '172.32.0.1', '100.128.0.1', '2001:4860:4860::8888'])(
  '%s is not',
  (address) => {
    expect(isPrivateAddress(address)).toBe(false);
  },
);

const options = {
  headers: {},
  body: '{}',
  allowsPrivate: false,
  signal: new AbortController().signal,
};

it.each(['http://127.0.0.1:9/', 'http://[::1]:9/', 'http://localhost:9/', 'http://0x7f000001:9/'])(
  'nothing is sent to %s',
  async (url) => {
    await expect(postWebhook(new URL(url), options)).rejects.toThrow(/private address/);
  },
);
