'use client';

import { Alert, Button, Modal } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useState } from 'react';
import { DisabledReason } from '#components/ui/disabled-reason.tsx';
import { IdText } from '#components/ui/id-text.tsx';
import { type Sent, sendJson } from '#components/ui/send-json.ts';
import { useMissingRight } from '#components/ui/viewer.tsx';
import { invitationAnswerSchema } from '#lib/contracts/sign-in.ts';
import { ADMINISTER_USERS } from '#lib/rights.ts';
import { userPath } from './user-queries.ts';

type InviteButtonProps = { userId: string; name: string; reason: string | null };

/** Makes a link by which a user chooses a password, and shows it once. */
export function InviteButton({ userId, name, reason }: InviteButtonProps) {
  const [opened, dialog] = useDisclosure();
  const [sent, setSent] = useState<Sent<{ path: string }> | null>(null);
  const missing = useMissingRight(ADMINISTER_USERS);

  async function invite() {
    setSent(null);
    dialog.open();
    setSent(await sendJson(invitationAnswerSchema, userPath(userId, 'invitation')));
  }

  return (
    <>
      <DisabledReason reason={missing ?? reason}>
        <Button variant="default" onClick={() => void invite()}>
          Invite
        </Button>
      </DisabledReason>
      <Modal opened={opened} onClose={dialog.close} title={`Invite ${name}`}>
        {sent === null ? null : sent.ok ? (
          <>
            <p>
              Send this link to {name}. It works once, for three days, and is shown only here: by it
              they choose a password. One that they had ends then.
            </p>
            <IdText value={window.location.origin + sent.answer.path} label="Copy the link" />
          </>
        ) : (
          <Alert color="red" role="alert">
            {sent.message}
          </Alert>
        )}
      </Modal>
    </>
  );
}
