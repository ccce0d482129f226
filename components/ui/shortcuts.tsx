'use client';

import {
  createContext,
  type ReactNode,
  use,
  useEffect,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react';
import { usePreferences } from './preferences.tsx';
import {
  createShortcutRegistry,
  type KeyContext,
  type Shortcut,
  type ShortcutRegistry,
} from './shortcut-registry.ts';

const RegistryContext = createContext<ShortcutRegistry | null>(null);

/** Listens for keys and runs the action that is registered for them. */
export function ShortcutProvider({ children }: { children: ReactNode }) {
  const [registry] = useState(createShortcutRegistry);
  const { singleKeys } = usePreferences();

  useEffect(() => {
    function onKeyDown(event: KeyboardEvent) {
      if (event.defaultPrevented || event.isComposing) {
        return;
      }
      const found = registry.press(event, event.timeStamp, readContext(event, singleKeys));
      if (found) {
        event.preventDefault();
        found.run();
      }
    }
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [registry, singleKeys]);

  return <RegistryContext value={registry}>{children}</RegistryContext>;
}

/** Registers actions while the component is there. The list may be built again by every render. */
export function useShortcuts(shortcuts: readonly Shortcut[]): void {
  const registry = useRegistry();
  const latest = useRef(shortcuts);
  useEffect(() => {
    latest.current = shortcuts;
  });
  const shape = JSON.stringify(shortcuts);
  // biome-ignore lint/correctness/useExhaustiveDependencies: registered again only when its words change
  useEffect(
    () =>
      registry.add(
        latest.current.map((shortcut) => ({
          ...shortcut,
          run: () => latest.current.find(({ id }) => id === shortcut.id)?.run(),
        })),
      ),
    [registry, shape],
  );
}

/** Every action that is registered now, the newest first. */
export function useShortcutList(): readonly Shortcut[] {
  const registry = useRegistry();
  return useSyncExternalStore(registry.subscribe, registry.list, () => NONE);
}

/** Runs a registered action by its id, for a button that does the same as its keys. */
export function useRunAction(): (id: string) => void {
  const registry = useRegistry();
  return (id) =>
    registry
      .list()
      .find((shortcut) => shortcut.id === id)
      ?.run();
}

const NONE: readonly Shortcut[] = [];

function useRegistry(): ShortcutRegistry {
  const registry = use(RegistryContext);
  if (!registry) {
    throw new Error('useShortcuts needs a ShortcutProvider above it.');
  }
  return registry;
}

const WRITING =
  'input:not([type=checkbox],[type=radio],[type=range]), textarea, select, [contenteditable]';
const CONTROL = `${WRITING}, a, button, input, summary, [role=slider], [role=tab], [role=option]`;

/** What arrows, Home and End move within; elsewhere these keys are the page's. */
const ARROWED = `${WRITING}, input[type=radio], input[type=range], [role=slider], [role=tab], [role=option], [role=menuitem]`;
const ARROWS = /^(Arrow|Home$|End$|Page)/;

function readContext(event: KeyboardEvent, singleKeys: boolean): KeyContext {
  const target = event.target instanceof Element ? event.target : null;
  return {
    typing: Boolean(target?.closest(WRITING)),
    onControl: Boolean(target?.closest(ARROWS.test(event.key) ? ARROWED : CONTROL)),
    dialogOpen: document.querySelector('[aria-modal="true"]') !== null,
    singleKeys,
  };
}
