'use client';

import { Button, Modal } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useState } from 'react';
import { DisabledReason } from '#components/ui/disabled-reason.tsx';
import { useMissingRight } from '#components/ui/viewer.tsx';
import { ADMINISTER } from '#lib/rights.ts';
import { CreateForm } from './create-form.tsx';

/** Makes a webhook, and shows once what it is signed with. */
export function CreateButton() {
  const [opened, dialog] = useDisclosure();
  const [intention, setIntention] = useState(0);
  const missing = useMissingRight(ADMINISTER);
  function open() {
    setIntention((count) => count + 1);
    dialog.open();
  }
  return (
    <>
      <DisabledReason reason={missing}>
        <Button onClick={open}>New webhook</Button>
      </DisabledReason>
      <Modal opened={opened} onClose={dialog.close} title="New webhook" size="lg" centered>
        <CreateForm key={intention} onClose={dialog.close} />
      </Modal>
    </>
  );
}
