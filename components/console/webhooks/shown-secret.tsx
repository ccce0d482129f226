import { Alert } from '@mantine/core';
import { IdText } from '#components/ui/id-text.tsx';
import type { Sent } from '#components/ui/send-json.ts';

/** What a webhook is signed with, which is shown once; that it is made, where AWS needs none; or why it is not. */
export function ShownSecret({ sent }: { sent: Sent<{ name: string; secret: string | null }> }) {
  if (!sent.ok) {
    return (
      <Alert color="red" role="alert">
        {sent.message}
      </Alert>
    );
  }
  const { name, secret } = sent.answer;
  return secret === null ? (
    <p>{name} sends by the worker’s credentials of AWS from now on.</p>
  ) : (
    <>
      <p>This is what {name} is signed with. Keep it: it is shown only here, and nowhere again.</p>
      <IdText value={secret} label="Copy the secret" />
    </>
  );
}
