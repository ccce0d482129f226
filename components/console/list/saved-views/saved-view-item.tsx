'use client';

import { ActionIcon } from '@mantine/core';
import { IconPencil, IconTrash } from '@tabler/icons-react';
import Link from 'next/link';
import type { SavedView } from './saved-view.ts';
import classes from './saved-views.module.css';

export type SavedViewItemProps = {
  view: SavedView;
  href: string;
  /** What there is to say of the current view; null of every other. */
  note: string | null;
  onApply: () => void;
  onRename: () => void;
  onDelete: () => void;
};

/** A saved view: the link that applies it, and what can be done with it. */
export function SavedViewItem(props: SavedViewItemProps) {
  const { view, href, note, onApply, onRename, onDelete } = props;
  return (
    <div className={classes.view}>
      <Link
        href={href}
        prefetch={false}
        className={classes.link}
        aria-current={note === null ? undefined : 'true'}
        onClick={onApply}
      >
        {view.name}
      </Link>
      {note ? <span className={classes.changed}>{note}</span> : null}
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label={`Rename ${view.name}`}
        onClick={onRename}
      >
        <IconPencil size={15} aria-hidden />
      </ActionIcon>
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label={`Delete ${view.name}`}
        onClick={onDelete}
      >
        <IconTrash size={15} aria-hidden />
      </ActionIcon>
    </div>
  );
}
