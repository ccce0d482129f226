'use client';

import { Alert, Button, Divider, PasswordInput, Stack } from '@mantine/core';
import { IconLogin2 } from '@tabler/icons-react';
import { type FormEvent, useEffect, useState } from 'react';
import { sendJson } from '#components/ui/send-json.ts';
import { MIN_PASSWORD_LENGTH, signedInSchema } from '#lib/contracts/sign-in.ts';
import { SignInFrame } from './sign-in-frame.tsx';

/** Where somebody who was invited chooses how they sign in. */
export function InvitationPage({ provider }: { provider: string | null }) {
  const [code, setCode] = useState<string | null>(null);
  const [refusal, setRefusal] = useState<string | null>(null);
  const [isUnderWay, setUnderWay] = useState(false);

  useEffect(() => setCode(window.location.hash.slice(1)), []);

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const password = `${new FormData(event.currentTarget).get('password') ?? ''}`;
    setUnderWay(true);
    const answer = await sendJson(signedInSchema, '/api/sign-in/invitation', { code, password });
    if (answer.ok) {
      window.location.replace('/');
      return;
    }
    setUnderWay(false);
    setRefusal(answer.message);
  }

  return (
    <SignInFrame title="You are invited">
      {code === '' ? (
        <Alert color="red" role="alert">
          This address is incomplete: open the whole link.
        </Alert>
      ) : null}
      {refusal === null ? null : (
        <Alert color="red" role="alert">
          {refusal}
        </Alert>
      )}
      <form onSubmit={(event) => void submit(event)}>
        <Stack>
          <PasswordInput
            label="Choose a password"
            name="password"
            autoComplete="new-password"
            minLength={MIN_PASSWORD_LENGTH}
            description={`At least ${MIN_PASSWORD_LENGTH} characters: a few words that nobody would guess.`}
            required
          />
          <Button type="submit" loading={isUnderWay} disabled={!code}>
            Choose it and sign in
          </Button>
        </Stack>
      </form>
      {provider === null || !code ? null : (
        <>
          <Divider label="or" />
          <Button
            component="a"
            href={`/api/sign-in/provider?invitation=${encodeURIComponent(code)}`}
            variant="default"
            leftSection={<IconLogin2 size={16} aria-hidden />}
          >
            Sign in with {provider} from now on
          </Button>
        </>
      )}
    </SignInFrame>
  );
}
