'use client';

import { Alert, Button, Divider, PasswordInput, Stack, TextInput } from '@mantine/core';
import { IconKey, IconLogin2 } from '@tabler/icons-react';
import { type FormEvent, useEffect, useState } from 'react';
import { type Sent, sendJson } from '#components/ui/send-json.ts';
import { signedInSchema } from '#lib/contracts/sign-in.ts';
import { canUsePasskeys, signInByPasskey } from './passkeys.ts';
import { SignInFrame } from './sign-in-frame.tsx';

export type SignInPageProps = {
  /** The page to go to. */
  next: string;
  /** The OpenID Connect provider, as people call it; null without one. */
  provider: string | null;
  /** Why the provider let nobody in. */
  problem: string | null;
};

type Signed = Sent<{ name: string }>;

/** Where one signs in: by the link that the start printed, a password, a passkey or a provider. */
export function SignInPage({ next, provider, problem }: SignInPageProps) {
  const [refusal, setRefusal] = useState<string | null>(problem);
  const [isUnderWay, setUnderWay] = useState(false);
  const [hasPasskeys, setHasPasskeys] = useState(false);

  async function signIn(attempt: () => Promise<Signed>): Promise<void> {
    setUnderWay(true);
    setRefusal(null);
    const answer = await attempt();
    if (answer.ok) {
      // All that the page knew was of nobody: it begins anew.
      window.location.replace(next);
      return;
    }
    setUnderWay(false);
    setRefusal(answer.message);
  }

  // biome-ignore lint/correctness/useExhaustiveDependencies: the address's code is used when it comes
  useEffect(() => {
    setHasPasskeys(canUsePasskeys());
    takeCode();
    // A link that is opened in the tab of this page changes no more than that.
    window.addEventListener('hashchange', takeCode);
    return () => window.removeEventListener('hashchange', takeCode);
  }, []);

  function takeCode() {
    const code = window.location.hash.slice(1);
    if (code !== '') {
      // Once it is used it opens nothing, and the page that is gone to takes its place in the history.
      void signIn(() => sendJson(signedInSchema, '/api/sign-in/link', { code }));
    }
  }

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    const body = { email: fields.get('email'), password: fields.get('password') };
    void signIn(() => sendJson(signedInSchema, '/api/sign-in/password', body));
  }

  return (
    <SignInFrame title="Sign in">
      {refusal === null ? null : (
        <Alert color="red" role="alert">
          {refusal}
        </Alert>
      )}
      <form onSubmit={submit}>
        <Stack>
          <TextInput
            label="E-mail address"
            name="email"
            type="email"
            autoComplete="username"
            required
          />
          <PasswordInput
            label="Password"
            name="password"
            autoComplete="current-password"
            required
          />
          <Button type="submit" loading={isUnderWay}>
            Sign in
          </Button>
        </Stack>
      </form>
      {hasPasskeys || provider !== null ? <Divider label="or" /> : null}
      {hasPasskeys ? (
        <Button
          variant="default"
          leftSection={<IconKey size={16} aria-hidden />}
          disabled={isUnderWay}
          onClick={() => void signIn(signInByPasskey)}
        >
          Sign in with a passkey
        </Button>
      ) : null}
      {provider === null ? null : (
        <Button
          component="a"
          href={`/api/sign-in/provider?next=${encodeURIComponent(next)}`}
          variant="default"
          leftSection={<IconLogin2 size={16} aria-hidden />}
        >
          Sign in with {provider}
        </Button>
      )}
      <p>
        You started Playhead on this machine? Open the link that the start printed, or ask for a new
        one: <code>npm run -s ops -- sign-in link</code>
      </p>
    </SignInFrame>
  );
}
