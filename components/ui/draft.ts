'use client';

import { useEffect, useRef } from 'react';

/** What a person had typed into a form, for after the page was loaded anew. */
export function keepDraft(name: string, values: Readonly<Record<string, string>>): void {
  sessionStorage.setItem(toKey(name), JSON.stringify(values));
}

/** Gives the form what was kept for it, once, when it is shown. */
export function useKeptDraft(
  name: string,
  restore: (values: Record<string, string>) => void,
): void {
  const latest = useRef(restore);
  useEffect(() => {
    const kept = sessionStorage.getItem(toKey(name));
    sessionStorage.removeItem(toKey(name));
    if (kept !== null) {
      latest.current(JSON.parse(kept));
    }
  }, [name]);
}

/**
 * What a form says when the server no longer knows the page's action: a newer version runs there, and
 * has not looked at the command.
 */
export const OUTDATED_PAGE =
  'This page is older than the server, so nothing was sent. Reload the page: what you typed is kept.';

function toKey(name: string): string {
  return `playhead-draft ${name}`;
}
