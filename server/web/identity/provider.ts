import { and, eq } from 'drizzle-orm';
import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  type Configuration,
  calculatePKCECodeChallenge,
  discovery,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
} from 'openid-client';
import { z } from 'zod';
import { toLocalPath } from '#lib/local-path.ts';
import { PlayheadError } from '#lib/playhead-error.ts';
import { findPerson } from '#server/modules/users/queries/find-person.ts';
import { providerAccounts } from '#server/runtime/identity/credentials-table.ts';
import { createCode, takeCode, takeHashed } from '#server/runtime/identity/one-time-codes.ts';
import { hashSecret } from '#server/runtime/identity/secret.ts';
import { toUserId } from '#server/runtime/identity/subject.ts';
import { beginSession, type SignInContext } from './begin-session.ts';
import { findInvited, toInvalidCode } from './passwords.ts';
import type { ProviderSettings } from './provider-settings.ts';
import { toAddress } from './request-origin.ts';
import { readCookies, toCookieAttributes, toSite } from './request-site.ts';

/** A person has so long to sign in at the provider. */
const SIGN_IN_MS = 10 * 60_000;

const CALLBACK_PATH = '/sign-in/provider';
const COOKIE = 'playhead_provider';

const begunSchema = z.object({
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  next: z.string(),
  /** The hash of its code. */
  invitation: z.string().nullable(),
});

type Context = SignInContext & { readonly provider: ProviderSettings | undefined };

let configuration: Promise<Configuration> | undefined;

/** The provider's own description, read once; again after a failure. */
function discover({ issuer, clientId, clientSecret }: ProviderSettings): Promise<Configuration> {
  const url = new URL(issuer);
  const isLoopback = url.protocol === 'http:' && /^(127\.[\d.]+|localhost)$/.test(url.hostname);
  configuration ??= discovery(url, clientId, clientSecret, undefined, {
    ...(isLoopback && { execute: [allowInsecureRequests] }),
  });
  configuration.catch(() => {
    configuration = undefined;
  });
  return configuration;
}

/**
 * Leads to the provider, by the authorization code flow with PKCE (RFC 7636), state and nonce. With an invitation,
 * whom it is for is linked to the account that they sign in with there. Throws PROVIDER_REFUSED without a provider.
 */
export async function beginProviderSignIn(context: Context, request: Request): Promise<Response> {
  const { db, now, limitSignIns } = context;
  await limitSignIns.begin(toAddress(request.headers));
  const config = await discover(requireProvider(context)).catch((cause: unknown) => {
    throw toRefused('The provider does not answer. Try again in a moment.', cause);
  });
  const { searchParams } = new URL(request.url);
  const [state, nonce, verifier] = [randomState(), randomNonce(), randomPKCECodeVerifier()];
  const next = toLocalPath(searchParams.get('next'));
  const given = searchParams.get('invitation');
  // The code itself is stored nowhere.
  const invitation = given === null ? null : hashSecret(given);
  const data = { state, nonce, verifier, next, invitation };
  const purpose = 'provider';
  const code = await createCode(db, { purpose, data, lifetimeMs: SIGN_IN_MS }, now());
  const to = buildAuthorizationUrl(config, {
    redirect_uri: toSite(request.headers).origin + CALLBACK_PATH,
    scope: 'openid',
    code_challenge: await calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    state,
    nonce,
  });
  const cookie = `${COOKIE}=${code}; Max-Age=${SIGN_IN_MS / 1_000}; ${toCookieAttributes(request.headers, CALLBACK_PATH)}`;
  return redirectTo(to.href, [cookie]);
}

/** Ends what was begun, with what the provider sent the browser back with: to the page that was asked for. */
export async function endProviderSignIn(context: Context, request: Request): Promise<Response> {
  const { headers, url } = request;
  const clear = `${COOKIE}=; Max-Age=0; ${toCookieAttributes(headers, CALLBACK_PATH)}`;
  await context.limitSignIns.begin(toAddress(headers));
  try {
    const { next, subject } = await findSubject(context, headers, new URL(url).search);
    const setCookie = await beginSession(context, headers, subject, 'provider');
    return redirectTo(next, [clear, setCookie]);
  } catch (error) {
    const isExpected = error instanceof PlayheadError;
    await context.record(headers, { actor: 'unknown' }, 'sign-in-refused', 'unknown', {
      method: 'provider',
      why: isExpected ? error.message : 'The provider’s answer could not be verified.',
    });
    return redirectTo(`/sign-in?problem=${isExpected ? 'unknown-account' : 'provider'}`, [clear]);
  }
}

async function findSubject(context: Context, headers: Headers, search: string) {
  const { db, store, now } = context;
  const { issuer, ...settings } = requireProvider(context);
  const [code = ''] = readCookies(headers, COOKIE);
  const taken = await takeCode(db, 'provider', code, now());
  if (taken === undefined) {
    throw toInvalidCode();
  }
  const { state, nonce, verifier, next, invitation } = begunSchema.parse(taken.data);
  const config = await discover({ issuer, ...settings });
  const back = new URL(toSite(headers).origin + CALLBACK_PATH + search);
  const tokens = await authorizationCodeGrant(config, back, {
    pkceCodeVerifier: verifier,
    expectedState: state,
    expectedNonce: nonce,
    idTokenExpected: true,
  });
  const account = tokens.claims()?.sub ?? '';
  if (invitation !== null) {
    const { subject } = (await takeHashed(db, 'invitation', invitation, now())) ?? {};
    if (typeof subject !== 'string') {
      throw toInvalidCode();
    }
    await findInvited(store, subject);
    const link = { issuer, account, subject };
    await db
      .insert(providerAccounts)
      .values(link)
      .onConflictDoUpdate({
        target: [providerAccounts.issuer, providerAccounts.account],
        set: { subject, linkedAt: now() },
      });
    return { next, subject };
  }
  const [linked] = await db
    .select()
    .from(providerAccounts)
    .where(and(eq(providerAccounts.issuer, issuer), eq(providerAccounts.account, account)));
  const userId = linked && toUserId(linked.subject);
  if (userId === undefined || (await findPerson(store, userId)) === undefined) {
    throw toRefused('Nobody here is linked to this account: open an invitation first.');
  }
  return { next, subject: linked?.subject ?? '' };
}

function requireProvider({ provider }: Pick<Context, 'provider'>): ProviderSettings {
  if (provider === undefined) {
    throw toRefused('No provider is set up: see OIDC_ISSUER.');
  }
  return provider;
}

function toRefused(sentence: string, cause?: unknown): PlayheadError {
  return new PlayheadError('PROVIDER_REFUSED', sentence, { cause });
}

function redirectTo(location: string, cookies: readonly string[]): Response {
  const headers = new Headers({ Location: location, 'Cache-Control': 'no-store' });
  for (const cookie of cookies) {
    headers.append('Set-Cookie', cookie);
  }
  return new Response(null, { status: 303, headers });
}
