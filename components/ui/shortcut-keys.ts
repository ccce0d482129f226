/** What is used of a keyboard event. */
export type KeyPress = {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
};

/** How long after the first key of a sequence such as "g a" the next one counts, in milliseconds. */
export const SEQUENCE_MS = 900;

/**
 * Whether the newest of the pressed keys completes `keys`: "mod+k" (Ctrl, or Cmd on a Mac), "?",
 * "shift+ArrowLeft", or a sequence "g a". Shift is compared for named keys only, for a character
 * such as "?" carries its own.
 */
export function matchesKeys(keys: string, pressed: readonly KeyPress[]): boolean {
  const steps = keys.split(' ');
  const recent = pressed.slice(-steps.length);
  return (
    recent.length === steps.length &&
    steps.every((step, index) => {
      const press = recent[index];
      return press !== undefined && matchesStep(step, press);
    })
  );
}

/** Whether keys are plain characters, which a reader can turn off. */
export function isSingleKey(keys: string): boolean {
  return keys.split(' ').every((step) => step.length === 1);
}

/** Keys for people: "mod+k" is ["Ctrl", "K"], or ["⌘", "K"] on a Mac. */
export function toKeyCaps(keys: string, isMac: boolean): string[] {
  return keys
    .split(' ')
    .flatMap((step) => splitStep(step))
    .map((name) => CAPS[name] ?? (name === 'mod' ? (isMac ? '⌘' : 'Ctrl') : capital(name)));
}

const CAPS: Readonly<Record<string, string>> = {
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
  Escape: 'Esc',
};

function splitStep(step: string): string[] {
  return step.length === 1 ? [step] : step.split('+');
}

function matchesStep(step: string, press: KeyPress): boolean {
  const names = splitStep(step);
  const key = names.at(-1) ?? '';
  const mod = press.ctrlKey || press.metaKey;
  const isCharacter = key.length === 1;
  return (
    press.key.toLowerCase() === key.toLowerCase() &&
    mod === names.includes('mod') &&
    press.altKey === names.includes('alt') &&
    (isCharacter || press.shiftKey === names.includes('shift'))
  );
}

function capital(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}
