import { describe, expect, it } from 'vitest';
import type { KeyPress } from './shortcut-keys.ts';
import { createShortcutRegistry, type KeyContext, type Shortcut } from './shortcut-registry.ts';

const calm: KeyContext = { typing: false, onControl: false, dialogOpen: false, singleKeys: true };

function press(key: string, ctrlKey = false): KeyPress {
  return { key, ctrlKey, metaKey: false, altKey: false, shiftKey: false };
}

function shortcut(id: string, keys: string, more: Partial<Shortcut> = {}): Shortcut {
  return { id, keys, label: id, group: 'Test', run: () => {}, ...more };
}

describe('the shortcut registry', () => {
  it('finds an action while it is registered', () => {
    const registry = createShortcutRegistry();
    const remove = registry.add([shortcut('next', 'j')]);
    expect(registry.press(press('j'), 0, calm)?.id).toBe('next');
    remove();
    expect(registry.press(press('j'), 10_000, calm)).toBeUndefined();
  });

  it('prefers a sequence to its last key alone, and forgets a slow one', () => {
    const registry = createShortcutRegistry();
    registry.add([shortcut('accounts', 'g a'), shortcut('all', 'a')]);
    registry.press(press('g'), 0, calm);
    expect(registry.press(press('a'), 500, calm)?.id).toBe('accounts');
    registry.press(press('g'), 5_000, calm);
    expect(registry.press(press('a'), 6_000, calm)?.id).toBe('all');
  });

  it('lets the newest of two win', () => {
    const registry = createShortcutRegistry();
    registry.add([shortcut('page', '/')]);
    const remove = registry.add([shortcut('dialog', '/')]);
    expect(registry.press(press('/'), 0, calm)?.id).toBe('dialog');
    remove();
    expect(registry.press(press('/'), 0, calm)?.id).toBe('page');
  });

  it('leaves single keys to a reader who is writing or has turned them off', () => {
    const registry = createShortcutRegistry();
    registry.add([shortcut('next', 'j'), shortcut('palette', 'mod+k')]);
    const typing = { ...calm, typing: true, onControl: true };
    expect(registry.press(press('j'), 0, typing)).toBeUndefined();
    expect(registry.press(press('j'), 0, { ...calm, singleKeys: false })).toBeUndefined();
    expect(registry.press(press('k', true), 0, typing)?.id).toBe('palette');
  });

  it('leaves named keys to the control that has the focus', () => {
    const registry = createShortcutRegistry();
    registry.add([shortcut('open', 'Enter')]);
    expect(registry.press(press('Enter'), 0, { ...calm, onControl: true })).toBeUndefined();
    expect(registry.press(press('Enter'), 0, calm)?.id).toBe('open');
  });

  it('keeps quiet behind a dialog', () => {
    const registry = createShortcutRegistry();
    registry.add([shortcut('next', 'j'), shortcut('later', 'k', { inDialogs: true })]);
    const behind = { ...calm, dialogOpen: true };
    expect(registry.press(press('j'), 0, behind)).toBeUndefined();
    expect(registry.press(press('k'), 0, behind)?.id).toBe('later');
  });
});
