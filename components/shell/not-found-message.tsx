'use client';

import { Button, Group } from '@mantine/core';
import { IconMapOff } from '@tabler/icons-react';
import Link from 'next/link';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { useRunAction } from '#components/ui/shortcuts.tsx';

/** There is no such page, and where to go instead. */
export function NotFoundMessage() {
  const runAction = useRunAction();
  return (
    <>
      <PageHeader title="Page not found" />
      <EmptyState
        icon={<IconMapOff size={22} />}
        title="Nothing is at this address"
        hint="The link may be old or cut short. Search for what you mean, or start at the overview."
        action={
          <Group>
            <Button onClick={() => runAction('palette')}>Search everything</Button>
            <Button component={Link} href="/" variant="default">
              Go to the overview
            </Button>
          </Group>
        }
      />
    </>
  );
}
