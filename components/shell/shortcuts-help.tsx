'use client';

import { Modal, Switch } from '@mantine/core';
import { KeyCaps } from '#components/ui/key-caps.tsx';
import { usePreferences } from '#components/ui/preferences.tsx';
import type { Shortcut } from '#components/ui/shortcut-registry.ts';
import { useShortcutList } from '#components/ui/shortcuts.tsx';
import { groupBy } from '#lib/group-by.ts';
import classes from './shortcuts-help.module.css';

/** Every key that does something on the page as it is now. */
export function ShortcutsHelp({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { singleKeys, setSingleKeys } = usePreferences();
  const groups = groupBy(useShortcutList(), ({ group }) => group);
  return (
    <Modal opened={opened} onClose={onClose} title="Keyboard shortcuts" size="lg" centered>
      <div className={classes.groups}>
        {[...groups].map(([group, shortcuts]) => (
          <ShortcutGroup key={group} name={group} shortcuts={shortcuts} />
        ))}
      </div>
      <Switch
        mt="lg"
        label="Single-key shortcuts"
        description="Turn them off when you dictate, or when they get in the way."
        checked={singleKeys}
        onChange={(event) => setSingleKeys(event.currentTarget.checked)}
      />
    </Modal>
  );
}

function ShortcutGroup({ name, shortcuts }: { name: string; shortcuts: readonly Shortcut[] }) {
  const withKeys = shortcuts.filter(({ keys }) => keys !== undefined);
  return withKeys.length === 0 ? null : (
    <section>
      <h3 className={classes.title}>{name}</h3>
      <dl className={classes.list}>
        {withKeys.map(({ id, keys = '', label }) => (
          <div key={id} className={classes.row}>
            <dt>{label}</dt>
            <dd className={classes.keys}>
              <KeyCaps keys={keys} />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
