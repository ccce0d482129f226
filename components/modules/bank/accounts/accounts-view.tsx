'use client';

import { Button, Tooltip } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { parseAsBoolean, useQueryState } from 'nuqs';
import { ListView } from '#components/console/list/list-view.tsx';
import { ShortcutCaps } from '#components/ui/key-caps.tsx';
import { loadWhenOpened } from '#components/ui/load-when-opened.tsx';
import { useShortcuts } from '#components/ui/shortcuts.tsx';
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
  const startOpening = () => void setOpening(true);
  useShortcuts([
    { id: 'open', keys: 'o', label: 'Open an account', group: 'Accounts', run: startOpening },
  ]);
  return (
    <>
      <ListView
        spec={ACCOUNTS_LIST}
        actions={
          <Tooltip label={<ShortcutCaps id="open" />}>
            <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={startOpening}>
              Open account
            </Button>
          </Tooltip>
        }
        begin={{
          hint: 'Open the first one: it shows here as soon as the projection has it.',
          action: <Button onClick={startOpening}>Open account</Button>,
        }}
      />
      <OpenAccountDialog
        opened={opening}
        onClose={() => void setOpening(null)}
        openAccount={openAccount}
      />
    </>
  );
}
