import { isSingleKey, type KeyPress, matchesKeys, SEQUENCE_MS } from './shortcut-keys.ts';

/** An action with keys: the one entry that hotkeys, palette, tooltips and the help are made of. */
export type Shortcut = {
  readonly id: string;
  /** See `matchesKeys`; without keys the action is in the palette only. */
  readonly keys?: string;
  readonly label: string;
  /** The heading that the help shows it under. */
  readonly group: string;
  readonly run: () => void;
  /** Offered in the command palette as well. */
  readonly inPalette?: boolean;
  /** Works while a dialog or drawer is open too. */
  readonly inDialogs?: boolean;
};

/** What the page looks like to a key press. */
export type KeyContext = {
  /** The reader is writing. */
  readonly typing: boolean;
  /** Focus is on something whose own key this is: Enter on a button or a link, an arrow on a slider. */
  readonly onControl: boolean;
  readonly dialogOpen: boolean;
  readonly singleKeys: boolean;
};

export type ShortcutRegistry = {
  /** Adds actions until the returned function is called; the newest of two with the same keys wins. */
  add: (shortcuts: readonly Shortcut[]) => () => void;
  /** The same list until something is added or removed. */
  list: () => readonly Shortcut[];
  subscribe: (listener: () => void) => () => void;
  /** The action that this key press asks for, if any. */
  press: (key: KeyPress, at: number, context: KeyContext) => Shortcut | undefined;
};

/** The registry of the page's actions; `at` is in milliseconds of any steady clock. */
export function createShortcutRegistry(): ShortcutRegistry {
  const listeners = new Set<() => void>();
  let shortcuts: readonly Shortcut[] = [];
  let pressed: KeyPress[] = [];
  let lastAt = Number.NEGATIVE_INFINITY;

  function replace(next: readonly Shortcut[]) {
    shortcuts = next;
    for (const listener of listeners) {
      listener();
    }
  }

  return {
    add: (added) => {
      replace([...added, ...shortcuts]);
      return () => replace(shortcuts.filter((shortcut) => !added.includes(shortcut)));
    },
    list: () => shortcuts,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    press: (key, at, context) => {
      pressed = at - lastAt > SEQUENCE_MS ? [key] : [...pressed, key].slice(-2);
      lastAt = at;
      const found = shortcuts
        .filter(({ keys }) => keys !== undefined && matchesKeys(keys, pressed))
        .filter((shortcut) => isAllowed(shortcut, context))
        .sort((a, b) => steps(b) - steps(a))[0];
      if (found) {
        pressed = [];
      }
      return found;
    },
  };
}

function steps({ keys = '' }: Shortcut): number {
  return keys.split(' ').length;
}

function isAllowed({ keys = '', inDialogs }: Shortcut, context: KeyContext): boolean {
  if (context.dialogOpen && !inDialogs) {
    return false;
  }
  if (keys.startsWith('mod+')) {
    return true;
  }
  return isSingleKey(keys) ? context.singleKeys && !context.typing : !context.onControl;
}
