import { UnstyledButton } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconSelector } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { Direction } from './list-order.ts';
import classes from './list-table.module.css';

export type SortButtonProps = {
  sorted: Direction | undefined;
  onClick: () => void;
  children: ReactNode;
};

/** A column's name that sorts by it. */
export function SortButton({ sorted, onClick, children }: SortButtonProps) {
  const Arrow = sorted === undefined ? IconSelector : ARROWS[sorted];
  return (
    <UnstyledButton
      className={classes.sort}
      data-sorted={sorted !== undefined || undefined}
      onClick={onClick}
    >
      {children}
      <Arrow size={13} aria-hidden />
    </UnstyledButton>
  );
}

const ARROWS = { asc: IconArrowUp, desc: IconArrowDown } as const;
