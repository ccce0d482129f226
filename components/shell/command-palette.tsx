'use client';

import { Combobox, Modal, ScrollArea, TextInput, useCombobox } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { usePathname, useRouter } from 'next/navigation';
import { useEffect, useState } from 'react';
import { useConsole } from '#components/console/use-console.tsx';
import { ApiError } from '#components/ui/api-client.ts';
import { KeyCaps } from '#components/ui/key-caps.tsx';
import { useShortcutList } from '#components/ui/shortcuts.tsx';
import classes from './command-palette.module.css';
import { type PaletteEntry, toPaletteGroups } from './palette-entries.ts';
import { toOpenAggregate, toSearched } from './palette-query.ts';
import { useOperationEntries } from './use-operation-entries.ts';
import { SHORTEST_SEARCH, useSearch } from './use-search.ts';

type CommandPaletteProps = { opened: boolean; onClose: () => void };

/** Everything by name: pages and actions at once, aggregates and events from the server. */
export function CommandPalette({ opened, onClose }: CommandPaletteProps) {
  return (
    <Modal.Root opened={opened} onClose={onClose} size={600} yOffset="12dvh">
      <Modal.Overlay />
      <Modal.Content aria-label="Command palette">
        <Palette onClose={onClose} />
      </Modal.Content>
    </Modal.Root>
  );
}

const PLACEHOLDER = 'Find anything: by name, number or id, a page or an action';

function Palette({ onClose }: { onClose: () => void }) {
  const router = useRouter();
  const [query, setQuery] = useState('');
  const [asked] = useDebouncedValue(query, 120);
  const words = useConsole();
  const { data, error, isFetching } = useSearch(toSearched(words, asked));
  const searching = query.trim().length >= SHORTEST_SEARCH;
  const groups = toPaletteGroups(words, query, {
    found: searching ? data : undefined,
    actions: useShortcutList(),
    operations: useOperationEntries(),
    openId: toOpenAggregate(words, usePathname()),
  });
  const entries = groups.flatMap((group) => group.entries);
  const combobox = useCombobox({ opened: true, onDropdownClose: onClose });

  const shown = entries.map(({ id }) => id).join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the first of what is shown now is chosen
  useEffect(() => {
    combobox.selectFirstOption();
  }, [shown]);

  function choose(id: string) {
    const target = entries.find((entry) => entry.id === id)?.target;
    onClose();
    if (target && 'href' in target) {
      router.push(target.href);
    } else {
      target?.run();
    }
  }

  return (
    <Combobox store={combobox} onOptionSubmit={choose}>
      <Combobox.EventsTarget withExpandedAttribute>
        <TextInput
          size="lg"
          variant="unstyled"
          className={classes.search}
          aria-label={PLACEHOLDER}
          placeholder={PLACEHOLDER}
          leftSection={<IconSearch size={18} aria-hidden />}
          value={query}
          maxLength={200}
          onChange={(event) => setQuery(event.currentTarget.value)}
          data-autofocus
        />
      </Combobox.EventsTarget>
      <ScrollArea.Autosize mah="min(440px, 60dvh)" type="auto">
        <Combobox.Options className={classes.options} aria-label="What was found">
          {groups.map(({ label, entries: inGroup }) => (
            <Combobox.Group key={label} label={label} classNames={{ groupLabel: classes.group }}>
              {inGroup.map((entry) => (
                <Entry key={entry.id} entry={entry} />
              ))}
            </Combobox.Group>
          ))}
        </Combobox.Options>
        <p className={classes.note} role="status">
          {toNote({ query, isEmpty: entries.length === 0, isFetching, error })}
        </p>
      </ScrollArea.Autosize>
    </Combobox>
  );
}

function Entry({ entry: { id, label, description, icon: Icon, keys } }: { entry: PaletteEntry }) {
  return (
    <Combobox.Option value={id} className={classes.option}>
      <Icon size={18} stroke={1.7} aria-hidden className={classes.icon} />
      <span className={classes.words}>
        {label}
        {description ? <span className={classes.description}>{description}</span> : null}
      </span>
      {keys ? <KeyCaps keys={keys} /> : null}
    </Combobox.Option>
  );
}

type Found = { query: string; isEmpty: boolean; isFetching: boolean; error: unknown };

function toNote({ query, isEmpty, isFetching, error }: Found): string {
  if (error) {
    const why = error instanceof ApiError ? error.message : 'Something unexpected happened.';
    return `The server cannot be searched now. ${why}`;
  }
  if (isEmpty) {
    return isFetching ? 'Searching…' : `Nothing is called “${query}”.`;
  }
  return '';
}
