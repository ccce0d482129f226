import { PlayheadError } from '#lib/playhead-error.ts';
import type { Env } from '#server/runtime/platform/env.ts';

/** An OpenID Connect provider, as the settings have it. */
export type ProviderSettings = {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string | undefined;
  /** As the button calls it. */
  readonly name: string;
};

/** The provider of the settings; undefined without one. Throws NOT_CONFIGURED for half of one. */
export function toProvider(env: Env): ProviderSettings | undefined {
  const { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET: clientSecret } = env;
  if (issuer === undefined && clientId === undefined) {
    return undefined;
  }
  if (issuer === undefined || clientId === undefined) {
    throw new PlayheadError('NOT_CONFIGURED', 'OIDC_ISSUER and OIDC_CLIENT_ID go together.');
  }
  return { issuer, clientId, clientSecret, name: env.OIDC_NAME };
}
