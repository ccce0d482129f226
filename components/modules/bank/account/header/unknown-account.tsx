import { Button } from '@mantine/core';
import { IconBuildingBank } from '@tabler/icons-react';
import Link from 'next/link';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { PanelFrame } from '#components/ui/panel.tsx';

/** What is shown for a number that no account has. */
export function UnknownAccount({ accountId }: { accountId: string }) {
  return (
    <PanelFrame title="Unknown account" hideTitle>
      <EmptyState
        icon={<IconBuildingBank size={22} />}
        title={`There is no account ${accountId}`}
        hint="Neither the read model nor the event store has this number. Search all accounts by owner or by a part of the number."
        action={
          <Button component={Link} href={`/accounts?q=${encodeURIComponent(accountId)}`}>
            Search accounts
          </Button>
        }
      />
    </PanelFrame>
  );
}
