'use client';

import { Button } from '@mantine/core';
import { IconArrowUp } from '@tabler/icons-react';
import { countOf } from '#lib/count-format.ts';
import classes from './new-rows-pill.module.css';

export type NewRowsPillProps = {
  /** How many rows wait; null when some do and nobody counted. */
  count: number | null;
  /** What a row is: "event". */
  noun: string;
  onShow: () => void;
  loading?: boolean;
};

/** Rows that have arrived and wait for the reader to ask for them; announced politely. */
export function NewRowsPill({ count, noun, onShow, loading = false }: NewRowsPillProps) {
  const words = count === null ? `New ${noun}s` : countOf(count, `new ${noun}`);
  return (
    <div className={classes.place} role="status">
      {count === 0 ? null : (
        <Button
          size="compact-sm"
          radius="xl"
          className={classes.pill}
          leftSection={<IconArrowUp size={14} aria-hidden />}
          loading={loading}
          onClick={onShow}
        >
          {words}
        </Button>
      )}
    </div>
  );
}
