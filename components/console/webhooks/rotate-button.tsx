'use client';

import { Button, Group, Modal, Stack } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useState } from 'react';
import { DisabledReason } from '#components/ui/disabled-reason.tsx';
import { type Sent, sendJson } from '#components/ui/send-json.ts';
import { useMissingRight } from '#components/ui/viewer.tsx';
import { shownSecretSchema } from '#lib/contracts/webhooks.ts';
import { ADMINISTER } from '#lib/rights.ts';
import { ShownSecret } from './shown-secret.tsx';

/** Gives a webhook a new secret, and shows it once. */
export function RotateButton({ name }: { name: string }) {
  const [opened, dialog] = useDisclosure();
  const [sent, setSent] = useState<Sent<{ name: string; secret: string }> | null>(null);
  const [pending, setPending] = useState(false);
  const missing = useMissingRight(ADMINISTER);

  function open() {
    setSent(null);
    dialog.open();
  }

  async function rotate() {
    setPending(true);
    const path = `/api/webhooks/${encodeURIComponent(name)}/secret`;
    setSent(await sendJson(shownSecretSchema, path));
    setPending(false);
  }

  return (
    <>
      <DisabledReason reason={missing}>
        <Button variant="default" size="compact-xs" onClick={open}>
          New secret
        </Button>
      </DisabledReason>
      <Modal opened={opened} onClose={dialog.close} title={`New secret of ${name}`} centered>
        {sent === null ? (
          <Stack gap="sm">
            <p>
              Requests are signed by the new secret and, for a day, by the one before as well: the
              receiver has that time to take the new one.
            </p>
            <Group justify="flex-end">
              <Button variant="default" onClick={dialog.close}>
                Cancel
              </Button>
              <Button loading={pending} onClick={() => void rotate()}>
                Make a new secret
              </Button>
            </Group>
          </Stack>
        ) : (
          <ShownSecret sent={sent} />
        )}
      </Modal>
    </>
  );
}
