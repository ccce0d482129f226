import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';

const COMMON = '127.0.0.1';

/**
 * An address of 127.0.0.0/8 that nobody can guess: a server on it and on a free port is out of the
 * reach of web pages, which would have to try 2^24 addresses with each port. Where the system has
 * 127.0.0.1 only (macOS), that one.
 */
export async function drawLoopbackAddress(): Promise<string> {
  const address = `127.${randomInt(1, 255)}.${randomInt(0, 256)}.${randomInt(1, 255)}`;
  return (await canListenOn(address)) ? address : COMMON;
}

async function canListenOn(address: string): Promise<boolean> {
  const probe = createServer();
  try {
    probe.listen(0, address);
    await once(probe, 'listening');
    return true;
  } catch {
    return false;
  } finally {
    probe.close();
  }
}
