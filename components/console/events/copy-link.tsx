'use client';

import { Button, CopyButton } from '@mantine/core';
import { IconLink } from '@tabler/icons-react';

/** Copies the address of an event's own page. */
export function CopyLink({ path, compact = false }: { path: string; compact?: boolean }) {
  return (
    <CopyButton value={typeof window === 'undefined' ? path : window.location.origin + path}>
      {({ copied, copy }) => (
        <Button
          variant="default"
          size={compact ? 'compact-md' : 'sm'}
          leftSection={<IconLink size={15} aria-hidden />}
          onClick={copy}
        >
          {copied ? 'Link copied' : 'Copy link'}
        </Button>
      )}
    </CopyButton>
  );
}
