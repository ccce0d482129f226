'use client';

import { parseAsString, useQueryState } from 'nuqs';

/** Whose details are open, in the URL: Back closes them. */
export function useOpenFollower(): [name: string | null, open: (name: string | null) => void] {
  const [name, setName] = useQueryState(
    'projection',
    parseAsString.withOptions({ history: 'push' }),
  );
  return [name, (next) => void setName(next)];
}
