'use client';

import { Alert } from '@mantine/core';
import { toFreshnessWords } from '#components/console/system/freshness-words.ts';
import { useFreshness, useServerNow } from '#components/console/system/use-system.ts';
import type { AccountView } from '../account-queries.ts';

/** Says over a command's form when the balance that it shows may be an old one. */
export function BalanceNotice({ source }: { source: AccountView['source'] }) {
  const view = useFreshness('accounts');
  const now = useServerNow();
  const isOthers = view?.state === 'blocked' && view.eventsBehind === 0;
  if (source === 'event-store' || view === undefined || view.state === 'fresh' || isOthers) {
    return null;
  }
  const { text, sentence, tone } = toFreshnessWords(view, now);
  return (
    <Alert
      color={tone === 'bad' ? 'red' : 'yellow'}
      variant="light"
      mb="md"
      title={`The balance shown may be old: ${text}`}
    >
      {sentence} The command is decided on the event store, which is always up to date.
    </Alert>
  );
}
