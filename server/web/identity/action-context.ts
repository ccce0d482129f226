import 'server-only';
import { headers } from 'next/headers';
import type { Right, SIGNED_IN } from '#lib/rights.ts';
import { getWebContext, type WebContext } from '../context.ts';
import type { Principal } from './principal.ts';
import { toAddress } from './request-origin.ts';

/** Who asks: throws as `Authorize` does. */
export type Ask = {
  readonly authorize: (right: Right | typeof SIGNED_IN) => Promise<Principal>;
  /** The address that the request came from. */
  readonly origin: string;
};

/** The context of a server action or a page: rights are those of who sent the request. */
export async function getActionContext(): Promise<Omit<WebContext, 'authorize'> & Ask> {
  const context = getWebContext();
  const asked = await headers();
  return {
    ...context,
    authorize: (right) => context.authorize(asked, right),
    origin: toAddress(asked),
  };
}
