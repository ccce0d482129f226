'use client';

import { ActionIcon, Tooltip, useMantineColorScheme } from '@mantine/core';
import { IconClock, IconDeviceDesktop, IconMoon, IconSun, IconWorld } from '@tabler/icons-react';
import { usePreferences } from '#components/ui/preferences.tsx';
import { ChoicePopover } from './choice-popover.tsx';
import classes from './view-settings.module.css';

const ZONES = [
  { value: 'local', label: 'Local time' },
  { value: 'utc', label: 'UTC' },
] as const;

const SCHEMES = [
  { value: 'light', label: 'Light', icon: <IconSun size={15} aria-hidden /> },
  { value: 'dark', label: 'Dark', icon: <IconMoon size={15} aria-hidden /> },
  { value: 'auto', label: 'As the system', icon: <IconDeviceDesktop size={15} aria-hidden /> },
] as const;

/** Whether times are local or UTC. */
export function TimeZoneSwitch() {
  const { timeZone, setTimeZone } = usePreferences();
  const Icon = timeZone === 'utc' ? IconWorld : IconClock;
  return (
    <ChoicePopover
      label="Time zone"
      choices={ZONES}
      chosen={timeZone}
      onChoose={setTimeZone}
      target={(toggle, opened) => (
        <Tooltip label="Time zone of every time shown" disabled={opened}>
          <button
            type="button"
            className={classes.zone}
            aria-label={`Time zone: ${timeZone === 'utc' ? 'UTC' : 'local'}`}
            onClick={toggle}
          >
            <Icon size={17} aria-hidden />
            <span className={classes.zoneName}>{timeZone === 'utc' ? 'UTC' : 'Local'}</span>
          </button>
        </Tooltip>
      )}
    />
  );
}

/** Light, dark, or as the system has it. */
export function ColorSchemeSwitch() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <ChoicePopover
      label="Colour scheme"
      choices={SCHEMES}
      chosen={colorScheme}
      onChoose={setColorScheme}
      target={(toggle, opened) => (
        <Tooltip label="Colour scheme" disabled={opened}>
          <ActionIcon
            variant="subtle"
            color="gray"
            size="lg"
            aria-label="Colour scheme"
            onClick={toggle}
          >
            <IconSun size={18} aria-hidden className={classes.sun} />
            <IconMoon size={18} aria-hidden className={classes.moon} />
          </ActionIcon>
        </Tooltip>
      )}
    />
  );
}
