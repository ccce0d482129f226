import { Alert } from '@mantine/core';
import { IdText } from '#components/ui/id-text.tsx';
import type { Sent } from '#components/ui/send-json.ts';

/** What a webhook is signed with, which is shown once; or why there is none. */
export function ShownSecret({ sent }: { sent: Sent<{ name: string; secret: string }> }) {
  return sent.ok ? (
    <>
      <p>
        This is what {sent.answer.name} is signed with. Keep it: it is shown only here, and nowhere
        again.
      </p>
      <IdText value={sent.answer.secret} label="Copy the secret" />
    </>
  ) : (
    <Alert color="red" role="alert">
      {sent.message}
    </Alert>
  );
}
