'use client';

import { Button, Tooltip } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { parseAsBoolean, useQueryState } from 'nuqs';
import { ListView } from '#components/console/list/list-view.tsx';
import { DisabledReason } from '#components/ui/disabled-reason.tsx';
import { ShortcutCaps } from '#components/ui/key-caps.tsx';
import { loadWhenOpened } from '#components/ui/load-when-opened.tsx';
import { useShortcuts } from '#components/ui/shortcuts.tsx';
import { useMissingRight } from '#components/ui/viewer.tsx';
import { commandsOf } from '#lib/rights.ts';
import { ACCOUNTS_LIST } from './accounts-list.tsx';
import type { OpenAccountAction, OpenAccountDialogProps } from './open-account-dialog.tsx';

const OpenAccountDialog = loadWhenOpened<OpenAccountDialogProps>({
  load: () => import('./open-account-dialog.tsx').then((module) => module.OpenAccountDialog),
  isOpened: ({ opened }) => opened,
  closed: { opened: false },
});

/** Every account of the bank. */
export function AccountsView({ openAccount }: { openAccount: OpenAccountAction }) {
  const [opening, setOpening] = useQueryState('new', parseAsBoolean.withDefault(false));
  const missing = useMissingRight(commandsOf('bank'));
  const startOpening = () => void setOpening(missing === null || null);
  useShortcuts([
    { id: 'open', keys: 'o', label: 'Open an account', group: 'Accounts', run: startOpening },
  ]);
  return (
    <>
      <ListView
        spec={ACCOUNTS_LIST}
        actions={
          <Tooltip label={<ShortcutCaps id="open" />}>
            <DisabledReason reason={missing}>
              <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={startOpening}>
                Open account
              </Button>
            </DisabledReason>
          </Tooltip>
        }
        begin={{
          hint: 'Open the first one: it shows here as soon as the projection has it.',
          action: (
            <DisabledReason reason={missing}>
              <Button onClick={startOpening}>Open account</Button>
            </DisabledReason>
          ),
        }}
      />
      <OpenAccountDialog
        opened={opening && missing === null}
        onClose={() => void setOpening(null)}
        openAccount={openAccount}
      />
    </>
  );
}
