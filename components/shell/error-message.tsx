'use client';

import { Button } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';

/** A page that broke: what happened, and a way to try again; the rest of the console stays. */
export function ErrorMessage({ error, retry }: { error: unknown; retry: () => void }) {
  const sentence = error instanceof Error ? error.message : 'Nobody knows why.';
  return (
    <>
      <PageHeader title="This page failed" />
      <EmptyState
        icon={<IconAlertTriangle size={22} />}
        title="Something unexpected happened"
        hint={sentence}
        action={<Button onClick={retry}>Try again</Button>}
      />
    </>
  );
}
