'use client';

import { Button, Popover } from '@mantine/core';
import { useDisclosure, useLocalStorage } from '@mantine/hooks';
import { IconBookmark } from '@tabler/icons-react';
import { usePathname, useSearchParams } from 'next/navigation';
import { parseAsString, useQueryState } from 'nuqs';
import { findCurrent, putView, readSavedViews, removeView, toViewQuery } from './saved-view.ts';
import classes from './saved-views.module.css';
import { SavedViewsMenu } from './saved-views-menu.tsx';

export type SavedViewsProps = {
  /** The list that they are of: each has its own. */
  list: string;
  /** The parameters of the URL that make a view: filters, order and range. */
  names: readonly string[];
};

/**
 * The views of a list that the reader named, kept in the browser and shared by its tabs. A view is its
 * URL, so whoever gets the link sees the same; `saved` in it says which one was applied.
 */
export function SavedViews({ list, names }: SavedViewsProps) {
  const path = usePathname();
  const query = toViewQuery(useSearchParams(), names);
  const [opened, { toggle, close }] = useDisclosure();
  const [appliedName, setAppliedName] = useQueryState('saved', parseAsString);
  const [views, setViews] = useLocalStorage({
    key: `playhead-views-${list}`,
    defaultValue: [],
    deserialize: readSavedViews,
  });
  const current = findCurrent(views, appliedName, query);
  const changed = current !== undefined && current.query !== query;

  function save(name: string) {
    setViews(putView(views, { name, query }));
    void setAppliedName(name);
    close();
  }

  function rename(from: string, to: string) {
    const { query: kept = '' } = views.find(({ name }) => name === from) ?? {};
    setViews(putView(removeView(views, from), { name: to, query: kept }));
    if (from === appliedName) {
      void setAppliedName(to);
    }
  }

  function remove(name: string) {
    setViews(removeView(views, name));
    if (name === appliedName) {
      void setAppliedName(null);
    }
  }

  return (
    <Popover
      opened={opened}
      onDismiss={close}
      position="bottom-start"
      shadow="md"
      trapFocus
      returnFocus
      width={320}
    >
      <Popover.Target>
        <Button
          variant="default"
          size="sm"
          className={classes.target}
          data-active={current !== undefined || undefined}
          leftSection={<IconBookmark size={14} aria-hidden />}
          onClick={toggle}
        >
          Views{' '}
          {current ? (
            <>
              <span className={classes.current}>{current.name}</span>
              {changed ? <span className={classes.changed}> changed</span> : null}
            </>
          ) : null}
        </Button>
      </Popover.Target>
      <Popover.Dropdown p="sm" aria-label="Views">
        <SavedViewsMenu
          views={views}
          current={current}
          changed={changed}
          toHref={({ name, query: kept }) =>
            `${path}?${kept === '' ? '' : `${kept}&`}${new URLSearchParams({ saved: name })}`
          }
          onApply={close}
          onSave={save}
          onRename={rename}
          onDelete={remove}
        />
      </Popover.Dropdown>
    </Popover>
  );
}
