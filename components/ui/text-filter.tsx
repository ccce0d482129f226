'use client';

import { Button, Group, Popover, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconChevronDown } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import classes from './facet-filter.module.css';

export type TextFilterProps = {
  label: string;
  value: string;
  onChange: (value: string) => void;
  placeholder: string;
};

/** A filter by an exact text, such as an id. */
export function TextFilter({ label, value, onChange, placeholder }: TextFilterProps) {
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
          data-active={value !== '' || undefined}
          rightSection={<IconChevronDown size={14} aria-hidden />}
          onClick={popover.toggle}
        >
          {label} {value ? <span className={classes.selected}>{value}</span> : null}
        </Button>
      </Popover.Target>
      <Popover.Dropdown p="sm" aria-label={label}>
        <TextForm
          label={label}
          value={value}
          placeholder={placeholder}
          onChange={(text) => {
            popover.close();
            onChange(text);
          }}
        />
      </Popover.Dropdown>
    </Popover>
  );
}

function TextForm({ label, value, placeholder, onChange }: TextFilterProps) {
  const [text, setText] = useState(value);
  function submit(event: FormEvent) {
    event.preventDefault();
    onChange(text.trim());
  }
  return (
    <form onSubmit={submit}>
      <TextInput
        label={label}
        size="sm"
        value={text}
        placeholder={placeholder}
        maxLength={200}
        onChange={(event) => setText(event.currentTarget.value)}
        data-autofocus
      />
      <Group mt="xs" gap="xs" justify="flex-end">
        {value ? (
          <Button variant="subtle" size="compact-sm" onClick={() => onChange('')}>
            Clear
          </Button>
        ) : null}
        <Button type="submit" size="compact-sm">
          Apply
        </Button>
      </Group>
    </form>
  );
}
