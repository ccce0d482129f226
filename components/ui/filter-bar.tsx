'use client';

import { Button } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import classes from './filter-bar.module.css';

export type FilterBarProps = {
  search?: ReactNode;
  /** Facets and other filters. */
  children: ReactNode;
  /** Takes every filter away; null when none is set. */
  onClear: (() => void) | null;
  /** At the right: how many rows there are. Its place is kept while it is null. */
  summary?: ReactNode;
};

/** Search and filters above a list. */
export function FilterBar({ search, children, onClear, summary }: FilterBarProps) {
  return (
    <search className={classes.bar}>
      {search ? <div className={classes.search}>{search}</div> : null}
      <div className={classes.filters}>
        {children}
        {onClear ? (
          <Button
            variant="subtle"
            color="gray"
            size="sm"
            leftSection={<IconX size={14} aria-hidden />}
            onClick={onClear}
          >
            Clear all
          </Button>
        ) : null}
      </div>
      {summary !== undefined ? <div className={classes.summary}>{summary}</div> : null}
    </search>
  );
}
