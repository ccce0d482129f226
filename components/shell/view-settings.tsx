'use client';

import { ActionIcon, Menu, Tooltip, useMantineColorScheme } from '@mantine/core';
import {
  IconCheck,
  IconClock,
  IconDeviceDesktop,
  IconMoon,
  IconSun,
  IconWorld,
} from '@tabler/icons-react';
import { usePreferences } from '#components/ui/preferences.tsx';
import classes from './view-settings.module.css';

const ZONES = [
  { value: 'local', label: 'Local time' },
  { value: 'utc', label: 'UTC' },
] as const;

const SCHEMES = [
  { value: 'light', label: 'Light', icon: IconSun },
  { value: 'dark', label: 'Dark', icon: IconMoon },
  { value: 'auto', label: 'As the system', icon: IconDeviceDesktop },
] as const;

/** Whether times are local or UTC. */
export function TimeZoneSwitch() {
  const { timeZone, setTimeZone } = usePreferences();
  return (
    <Menu position="bottom-end" shadow="md" width={180}>
      <Menu.Target>
        <Tooltip label="Time zone of every time shown">
          <button
            type="button"
            className={classes.zone}
            aria-label={`Time zone: ${timeZone === 'utc' ? 'UTC' : 'local'}`}
          >
            {timeZone === 'utc' ? (
              <IconWorld size={17} aria-hidden />
            ) : (
              <IconClock size={17} aria-hidden />
            )}
            <span className={classes.zoneName}>{timeZone === 'utc' ? 'UTC' : 'Local'}</span>
          </button>
        </Tooltip>
      </Menu.Target>
      <Menu.Dropdown>
        {ZONES.map(({ value, label }) => (
          <Menu.Item
            key={value}
            onClick={() => setTimeZone(value)}
            rightSection={timeZone === value ? <IconCheck size={14} aria-label="chosen" /> : null}
          >
            {label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

/** Light, dark, or as the system has it. */
export function ColorSchemeSwitch() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <Menu position="bottom-end" shadow="md" width={180}>
      <Menu.Target>
        <Tooltip label="Colour scheme">
          <ActionIcon variant="subtle" color="gray" size="lg" aria-label="Colour scheme">
            <IconSun size={18} aria-hidden className={classes.sun} />
            <IconMoon size={18} aria-hidden className={classes.moon} />
          </ActionIcon>
        </Tooltip>
      </Menu.Target>
      <Menu.Dropdown>
        {SCHEMES.map(({ value, label, icon: Icon }) => (
          <Menu.Item
            key={value}
            leftSection={<Icon size={15} aria-hidden />}
            onClick={() => setColorScheme(value)}
            rightSection={
              colorScheme === value ? <IconCheck size={14} aria-label="chosen" /> : null
            }
          >
            {label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
