'use client';

import { Kbd } from '@mantine/core';
import { useOs } from '@mantine/hooks';
import classes from './key-caps.module.css';
import { toKeyCaps } from './shortcut-keys.ts';
import { useShortcutList } from './shortcuts.tsx';

/** Keys as they stand on a keyboard: Ctrl K. */
export function KeyCaps({ keys }: { keys: string }) {
  const isMac = useOs() === 'macos';
  return (
    <span className={classes.keys}>
      {toKeyCaps(keys, isMac).map((cap) => (
        <Kbd key={cap} size="xs">
          {cap}
        </Kbd>
      ))}
    </span>
  );
}

/** The keys of a registered action, by its id; nothing while it is not registered. */
export function ShortcutCaps({ id }: { id: string }) {
  const keys = useShortcutList().find((shortcut) => shortcut.id === id)?.keys;
  return keys ? <KeyCaps keys={keys} /> : null;
}
