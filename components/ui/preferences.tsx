'use client';

import { useLocalStorage } from '@mantine/hooks';
import { createContext, type ReactNode, use, useMemo } from 'react';
import type { TimeZoneChoice } from '#lib/time-format.ts';

type Preferences = {
  readonly timeZone: TimeZoneChoice;
  readonly setTimeZone: (zone: TimeZoneChoice) => void;
  /** Whether shortcuts of a single character work: speech input and some keyboards set them off. */
  readonly singleKeys: boolean;
  readonly setSingleKeys: (on: boolean) => void;
};

const PreferencesContext = createContext<Preferences | null>(null);

/** What this reader chose, kept in the browser and shared by its tabs. */
export function PreferencesProvider({ children }: { children: ReactNode }) {
  const [timeZone, setTimeZone] = useLocalStorage<TimeZoneChoice>({
    key: 'playhead-time-zone',
    defaultValue: 'local',
    deserialize: (value) => (value === '"utc"' ? 'utc' : 'local'),
  });
  const [singleKeys, setSingleKeys] = useLocalStorage<boolean>({
    key: 'playhead-single-keys',
    defaultValue: true,
    deserialize: (value) => value !== 'false',
  });
  const preferences = useMemo(
    () => ({ timeZone, setTimeZone, singleKeys, setSingleKeys }),
    [timeZone, setTimeZone, singleKeys, setSingleKeys],
  );
  return <PreferencesContext value={preferences}>{children}</PreferencesContext>;
}

/** The reader's choices and how to change them. */
export function usePreferences(): Preferences {
  const preferences = use(PreferencesContext);
  if (!preferences) {
    throw new Error('usePreferences needs a PreferencesProvider above it.');
  }
  return preferences;
}
