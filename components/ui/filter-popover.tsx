'use client';

import { Button, Group, Popover } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconChevronDown } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import classes from './facet-filter.module.css';

export type FilterPopoverProps<Value> = {
  label: string;
  /** What is chosen, on the button; null where it says only that something is. */
  said: string | null;
  isSet: boolean;
  onChange: (value: Value) => void;
  /** The form below the button; what it applies closes it. */
  children: (apply: (value: Value) => void) => ReactNode;
};

/** A button of a filter bar that opens the form of its filter. */
export function FilterPopover<Value>(props: FilterPopoverProps<Value>) {
  const { label, said, isSet, onChange, children } = props;
  const [opened, popover] = useDisclosure();
  return (
    <Popover
      opened={opened}
      onDismiss={popover.close}
      position="bottom-start"
      shadow="md"
      trapFocus
      width={300}
    >
      <Popover.Target>
        <Button
          variant="default"
          size="sm"
          className={classes.target}
          data-active={isSet || undefined}
          rightSection={<IconChevronDown size={14} aria-hidden />}
          onClick={popover.toggle}
        >
          {label} {said ? <span className={classes.selected}>{said}</span> : null}
        </Button>
      </Popover.Target>
      <Popover.Dropdown p="sm" aria-label={label}>
        {children((value) => {
          popover.close();
          onChange(value);
        })}
      </Popover.Dropdown>
    </Popover>
  );
}

/** The buttons that end a filter's form; without `onClear` nothing is set. */
export function FilterButtons({ onClear }: { onClear: (() => void) | null }) {
  return (
    <Group mt="xs" gap="xs" justify="flex-end">
      {onClear ? (
        <Button variant="subtle" size="compact-sm" onClick={onClear}>
          Clear
        </Button>
      ) : null}
      <Button type="submit" size="compact-sm">
        Apply
      </Button>
    </Group>
  );
}
