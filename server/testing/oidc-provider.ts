import { createHash, generateKeyPairSync, randomUUID, sign } from 'node:crypto';
import { createServer } from 'node:http';
import getPort from 'get-port';

/** An OpenID Connect provider of a test, which lets everybody in as the account that it is told. */
export type TestProvider = {
  readonly issuer: string;
  /** Who signs in next, and what is wrong with how the provider says so. */
  next: { account: string; nonce?: string; audience?: string };
  readonly close: () => Promise<void>;
};

const base64url = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** Starts a provider that speaks the authorization code flow with PKCE, and signs with a key of its own (RS256). */
export async function startTestProvider(clientId: string): Promise<TestProvider> {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const port = await getPort({ host: '127.0.0.1' });
  const issuer = `http://127.0.0.1:${port}`;
  const grants = new Map<string, { nonce: string; challenge: string }>();
  const provider = { next: { account: 'account-1' } as TestProvider['next'] };

  function toIdToken(nonce: string): string {
    const now = Math.floor(Date.now() / 1_000);
    const claims = {
      iss: issuer,
      sub: provider.next.account,
      aud: provider.next.audience ?? clientId,
      nonce: provider.next.nonce ?? nonce,
      iat: now,
      exp: now + 60,
    };
    const text = `${base64url({ alg: 'RS256', kid: 'test' })}.${base64url(claims)}`;
    return `${text}.${sign('sha256', Buffer.from(text), privateKey).toString('base64url')}`;
  }

  const server = createServer(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', issuer);
    const json = (body: unknown, status = 200) =>
      response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
    switch (pathname) {
      case '/.well-known/openid-configuration':
        return json({
          issuer,
          authorization_endpoint: `${issuer}/authorize`,
          token_endpoint: `${issuer}/token`,
          jwks_uri: `${issuer}/keys`,
          response_types_supported: ['code'],
          subject_types_supported: ['public'],
          id_token_signing_alg_values_supported: ['RS256'],
        });
      case '/keys':
        return json({
          keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'test', alg: 'RS256' }],
        });
      case '/authorize': {
        const code = randomUUID();
        grants.set(code, {
          nonce: searchParams.get('nonce') ?? '',
          challenge: searchParams.get('code_challenge') ?? '',
        });
        const back = new URL(searchParams.get('redirect_uri') ?? '');
        back.search = `${new URLSearchParams({ code, state: searchParams.get('state') ?? '' })}`;
        return response.writeHead(302, { Location: back.href }).end();
      }
      default: {
        const chunks: Buffer[] = [];
        for await (const chunk of request) {
          chunks.push(chunk);
        }
        const form = new URLSearchParams(Buffer.concat(chunks).toString());
        const grant = grants.get(form.get('code') ?? '');
        grants.delete(form.get('code') ?? '');
        const verifier = form.get('code_verifier') ?? '';
        const challenge = createHash('sha256').update(verifier).digest('base64url');
        return grant?.challenge === challenge
          ? json({ access_token: 'a', token_type: 'Bearer', id_token: toIdToken(grant.nonce) })
          : json({ error: 'invalid_grant' }, 400);
      }
    }
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return Object.assign(provider, {
    issuer,
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  });
}
