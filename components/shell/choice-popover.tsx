'use client';

import { Popover, UnstyledButton } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconCheck } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import classes from './view-settings.module.css';

export type ChoicePopoverProps<Value extends string> = {
  label: string;
  choices: readonly { readonly value: Value; readonly label: string; readonly icon?: ReactNode }[];
  chosen: Value;
  onChoose: (value: Value) => void;
  /** The button that opens it. */
  target: (toggle: () => void, opened: boolean) => ReactNode;
};

/** A few values below a button, of which one is chosen; choosing closes it. */
export function ChoicePopover<Value extends string>(props: ChoicePopoverProps<Value>) {
  const { label, choices, chosen, onChoose, target } = props;
  const [opened, { toggle, close }] = useDisclosure();
  return (
    <Popover
      opened={opened}
      onDismiss={close}
      position="bottom-end"
      shadow="md"
      width={180}
      trapFocus
      returnFocus
    >
      <Popover.Target>{target(toggle, opened)}</Popover.Target>
      <Popover.Dropdown p={4} aria-label={label}>
        {choices.map(({ value, label: name, icon }) => (
          <UnstyledButton
            key={value}
            className={classes.choice}
            aria-pressed={value === chosen}
            onClick={() => {
              onChoose(value);
              close();
            }}
          >
            {icon}
            <span className={classes.choiceName}>{name}</span>
            {value === chosen ? <IconCheck size={14} aria-hidden /> : null}
          </UnstyledButton>
        ))}
      </Popover.Dropdown>
    </Popover>
  );
}
